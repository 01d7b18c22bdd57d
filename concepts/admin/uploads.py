"""Uploads that are larger than they may be."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

# Room for the fields beside the file and for what parts them.
FORM_AROUND = 64 * 1024
_PIECE = 64 * 1024
# A larger body is not even read to its end: whoever sends that much did not pick the wrong file.
HOPELESS = 200 * 1024 * 1024


class StopLarge(FileUploadHandler):
    """Lets a file that is too large pass by unread: neither memory nor disk sees it."""

    def __init__(self, request: HttpRequest, largest: int) -> None:
        super().__init__(request)
        self.largest = largest
        self.stopped = False

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *args: Any) -> None:
        self.input_data = input_data
        self.stopped = content_length > self.largest + FORM_AROUND
        if content_length > HOPELESS:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.stopped:
            # A browser shows the answer only once it has sent everything. Django would read the rest line by
            # line, and 50 MB may be one line.
            while self.input_data.read(_PIECE):
                pass
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
