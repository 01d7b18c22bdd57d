"""What only the real engines can show: PostgreSQL's pool, and writers that wait for each other."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction


@pytest.mark.postgres
@pytest.mark.django_db
def test_connections_come_from_the_pool() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.settings_dict["CONN_MAX_AGE"] == 0
    assert connection.pool.get_stats()["pool_max"] == 8  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_read_then_write_waits_for_another_writer() -> None:
    """With deferred transactions SQLite refuses the second of two that read before they write."""
    group = Group.objects.create(name="0")
    errors: list[Exception] = []

    def add_one() -> None:
        try:
            for _turn in range(10):
                with transaction.atomic():
                    mine = Group.objects.select_for_update().get(pk=group.pk)
                    mine.name = str(int(mine.name) + 1)
                    mine.save()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add_one) for _writer in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Group.objects.get(pk=group.pk).name == "30"
