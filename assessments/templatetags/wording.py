"""Counts and days in words, for templates."""

from django import template

from assessments.wording import begin_sentence, count_word, days_ago

register = template.Library()

register.filter("count_word", count_word)
register.filter("begin_sentence", begin_sentence)
register.filter("days_ago", days_ago)
