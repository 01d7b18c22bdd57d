"""The application as WSGI servers see it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# What is loaded by now stays for good: the collector need not walk through it again. A page makes thousands
# of short-lived objects and hardly a cycle; looking for one after every 700 cost the large pages a tenth.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
