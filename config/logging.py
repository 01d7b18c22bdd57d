"""Log lines that a machine can read: one JSON object each."""

import json
import logging
from datetime import UTC, datetime

from django.http import HttpRequest


class JsonFormatter(logging.Formatter):
    """Time, level, source, message; for a request also what was asked, the answer and the proxy's id."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON, whatever the message contains."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            # The path only: a query string may hold what somebody searched for.
            line |= {"method": request.method, "path": request.path}
            if request_id := request.headers.get("X-Request-ID"):
                line["request_id"] = request_id[:64]
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
