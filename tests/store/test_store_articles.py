"""Articles: which entries make work, what is a revision, and how an article leaves a run."""

from dataclasses import replace
from datetime import timedelta

import pytest
from storekit import MINUTE, NOW, answer, entry, figure, page, read, stored

from monitor.domain.articles import ArticleStatus
from monitor.errors import StoreError
from monitor.store import RETRIES, Store

DAY = timedelta(days=1)


def waiting(store: Store, *, after: timedelta = timedelta()) -> list[str]:
    return [article.entry.url.rsplit("/", 1)[1] for article in store.pending(NOW + after)]


def take(store: Store, text: str = "3,000 killed") -> int:
    """Takes the one waiting article's text; its id."""
    (article,) = store.pending(NOW)
    store.save_text(article.id, page(text), NOW)
    return article.id


# Entries.


def test_an_entry_comes_back_as_it_was_given(store: Store) -> None:
    given = entry(text="Erste Zeile\n  «3 000» gefallen 🪖\n", full_text=True)
    store.add_entries([given], NOW, baseline=True)
    (article,) = store.pending(NOW)
    assert (article.entry, article.baseline, article.attempts) == (given, True, 0)


def test_the_same_entries_again_are_no_work(store: Store) -> None:
    given = [entry(1), entry(2, full_text=True)]
    assert store.add_entries(given, NOW, baseline=False) == 2
    assert store.add_entries(given, NOW, baseline=False) == 0
    for article in store.pending(NOW):
        store.save_text(article.id, page(f"text {article.id}"), NOW)
    assert store.add_entries(given, NOW, baseline=False) == 0
    assert waiting(store) == []


@pytest.mark.parametrize(
    "change", [{"title": "Losses double"}, {"text": "Another summary."}, {"text": "A summary.", "full_text": True}]
)
def test_an_entry_that_says_something_else_is_pending_again(store: Store, change: dict[str, object]) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    take(store)
    assert store.add_entries([replace(entry(), **change)], NOW, baseline=False) == 1  # type: ignore[arg-type]
    assert waiting(store) == ["1"]


def test_white_space_in_an_entry_is_no_news(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    take(store)
    assert store.add_entries([replace(entry(), text=" A\n summary. ", title="Losses  mount")], NOW, baseline=False) == 0


def test_one_url_from_two_feeds_is_one_article(store: Store) -> None:
    url = "https://wire.example.org/1"
    assert store.save_answers([answer(entry(1), entry(9, feed="post", url=url, text="Other words."))], NOW) == 1
    take(store)
    assert store.save_answers([answer(entry(8, feed="mail", url=url, text="More words."))], NOW) == 0
    assert len(store.articles()) == 1


def test_each_of_two_feeds_can_bring_news_of_their_article(store: Store) -> None:
    mine, theirs = entry(1), entry(9, feed="post", url="https://wire.example.org/1", text="Other words.")
    store.save_answers([answer(mine, theirs)], NOW)
    take(store)
    assert store.save_answers([answer(mine, theirs)], NOW) == 0
    assert store.save_answers([answer(replace(theirs, text="They say 4,000."))], NOW) == 1


def test_a_new_id_for_a_known_url_of_the_same_feed_is_an_update(store: Store) -> None:
    url = "https://wire.example.org/1"
    store.save_answers([answer(entry(1, key="1#0", url=url))], NOW)
    take(store)
    assert store.save_answers([answer(entry(1, key="1#0", url=url), entry(1, key="1#1", url=url))], NOW) == 1
    take(store)
    assert store.save_answers([answer(entry(1, key="1#0", url=url), entry(1, key="1#1", url=url))], NOW) == 0


def test_a_full_text_that_is_stored_already_is_no_news(store: Store) -> None:
    store.add_entries([entry(1, feed="seeds", text="3,000 killed", full_text=True)], NOW, baseline=True)
    take(store, "3,000 killed")
    same = entry(2, url="https://wire.example.org/1", text="3,000  killed\n", full_text=True)
    assert store.save_answers([answer(same)], NOW) == 0
    other = entry(3, url="https://wire.example.org/1", text="4,000 killed", full_text=True)
    assert store.save_answers([answer(other)], NOW) == 1
    (article,) = store.pending(NOW)
    assert (article.entry.text, article.baseline) == ("4,000 killed", False)


def test_an_id_that_a_feed_gives_to_two_articles_doesnt_make_them_take_turns(store: Store) -> None:
    twins = [entry(1, key="same"), entry(2, key="same", title="Another article")]
    assert store.save_answers([answer(*twins)], NOW) == 2
    assert store.save_answers([answer(*twins)], NOW) == 0


def test_thousands_of_entries_are_taken_at_once(store: Store) -> None:
    entries = [entry(number) for number in range(2_000)]
    assert store.add_entries(entries, NOW, baseline=False) == 2_000
    assert store.add_entries(entries, NOW, baseline=False) == 0
    assert len(store.pending(NOW, limit=5_000)) == 2_000
    assert len(store.pending(NOW)) == 500


def test_long_urls_and_keys_are_no_trouble(store: Store) -> None:
    # PostgreSQL can't index texts of this size; what doesn't repeat can't be compressed either.
    long = "".join(f"{number:x}" for number in range(20_000))
    given = entry(key=long, url=f"https://wire.example.org/{long}")
    assert store.add_entries([given], NOW, baseline=False) == 1
    assert store.add_entries([given], NOW, baseline=False) == 0
    assert store.pending(NOW)[0].entry == given


def test_text_that_a_database_refuses_is_cleaned(store: Store) -> None:
    given = entry(title="3\0 killed\ud83d", text="\udc00", key="k\0", url="https://wire.example.org/\0")
    assert store.add_entries([given], NOW, baseline=False) == 1
    assert store.add_entries([given], NOW, baseline=False) == 0
    (article,) = store.pending(NOW)
    assert (article.entry.title, article.entry.text) == ("3\ufffd killed\ufffd", "\ufffd")


def test_those_that_wait_longest_come_first(store: Store) -> None:
    store.add_entries([entry(2)], NOW, baseline=False)
    store.add_entries([entry(1)], NOW - MINUTE, baseline=False)
    store.add_entries([entry(3)], NOW + MINUTE, baseline=False)
    assert waiting(store) == ["1", "2", "3"]


def test_entries_of_one_poll_keep_their_order(store: Store) -> None:
    store.save_answers([answer(*(entry(number) for number in (7, 3, 9, 1)))], NOW)
    assert waiting(store) == ["7", "3", "9", "1"]


# Texts.


def test_a_text_becomes_a_revision_as_it_was_given(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    text = "  Above 3,000\u00a0\n\n killed \t"
    assert store.save_text(article.id, page(text), NOW)
    (revision,) = store.unread()
    assert (revision.text, revision.number, revision.title, revision.outlet) == (text, 1, "Losses mount", "The Wire")
    assert (revision.published_at, revision.fetched_at) == (NOW - timedelta(hours=1), NOW)
    assert revision.origin.url == "https://wire.example.org/1"
    assert store.revision(revision.id) == revision
    assert store.revision(revision.id + 1) is None
    assert waiting(store) == []


def test_a_text_that_differs_in_white_space_alone_is_no_revision(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    article = take(store, "3,000 killed")
    assert not store.save_text(article, page(" 3,000\n\nkilled "), NOW)
    assert len(store.unread()) == 1
    assert store.articles()[0].status is ArticleStatus.UNCHANGED
    assert store.save_text(article, page("4,000 killed"), NOW + MINUTE)
    assert [revision.number for revision in store.unread()] == [1, 2]


def test_a_text_that_differs_in_its_byline_or_date_of_update_alone_is_no_revision(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    article = take(store, "By Jane Doe\nUpdated 10:00 GMT\n\n3,000 killed")
    assert not store.save_text(article, page("By Jane Doe and Richard Roe\nUpdated 14:30 GMT\n\n3,000 killed"), NOW)
    assert not store.save_text(article, page("3,000 killed\n\nLast updated 1 hour ago"), NOW)
    (line,) = store.articles()
    assert (line.status, line.reason) == (ArticleStatus.UNCHANGED, "the byline or the date of update alone")
    assert len(store.unread()) == 1
    assert store.save_text(article, page("By Jane Doe\nUpdated 14:30 GMT\n\n3,100 killed"), NOW + MINUTE)


def test_an_article_under_a_second_address_is_the_same_article(store: Store) -> None:
    store.add_entries([entry(1), entry(2), entry(3), entry(4)], NOW, baseline=False)
    one, two, three, four = store.pending(NOW)
    there = replace(page("3,000 killed"), canonical_url=one.entry.url)
    assert store.save_text(one.id, there, NOW)
    assert not store.save_text(two.id, replace(there, text="3,000  killed"), NOW)
    assert store.save_text(three.id, replace(there, text="4,000 killed"), NOW)  # a page that names a wrong address
    assert store.save_text(four.id, page("3,000 killed"), NOW)  # an agency's text in another outlet
    lines = {line.id: line for line in store.articles()}
    assert (lines[two.id].status, lines[two.id].pending) == (ArticleStatus.UNCHANGED, False)
    assert lines[two.id].reason == f"the same article as {one.entry.url}"
    assert [revision.article_id for revision in store.unread()] == [one.id, three.id, four.id]


def test_a_page_that_flaps_settles_after_the_one_return_that_may_take_a_mistake_back(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    wordings = ["3,000 killed", "30,000 killed", "3,000 killed", "30,000 killed", "3,000 killed"]
    taken = [store.save_text(article.id, page(text), NOW + n * MINUTE) for n, text in enumerate(wordings)]
    assert taken == [True, True, True, False, False]


def test_an_old_copy_that_comes_in_again_is_no_return(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_text(article.id, page("3,000 killed"), NOW)
    store.save_text(article.id, page("4,000 killed"), NOW + MINUTE)
    assert store.save_text(article.id, page("3,000 killed"), NOW - MINUTE) is False


def test_only_the_text_taken_for_a_baseline_entry_is_history(store: Store) -> None:
    assert stored(store, "3,000 killed", baseline=True).baseline
    assert not stored(store, "4,000 killed").baseline


def test_a_date_or_title_that_the_feed_lacks_is_taken_from_the_page(store: Store) -> None:
    store.add_entries([replace(entry(), title="", published_at=None)], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_text(article.id, replace(page("text"), title="From the page", published_at=NOW - DAY), NOW)
    (revision,) = store.unread()
    assert (revision.title, revision.published_at) == ("From the page", NOW - DAY)


def test_unread_texts_come_in_order_of_arrival(store: Store) -> None:
    for number, minute in ((1, 5), (2, 3), (3, 4)):
        stored(store, f"text {number}", number=number, now=NOW + minute * MINUTE)
    assert [revision.url[-1] for revision in store.unread()] == ["2", "3", "1"]
    assert len(store.unread(limit=2)) == 2


def test_an_unknown_article_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no article 7"):
        store.save_text(7, page("text"), NOW)
    with pytest.raises(StoreError, match="no article 7"):
        store.save_status(7, ArticleStatus.NO_TEXT, "", NOW)


# Statuses.


def test_a_status_ends_the_wait_and_keeps_its_reason(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_status(article.id, ArticleStatus.NO_TEXT, "only a picture\0", NOW)
    assert waiting(store, after=30 * DAY) == []
    (line,) = store.articles()
    assert (line.status, line.reason, line.pending) == (ArticleStatus.NO_TEXT, "only a picture\ufffd", False)


def test_a_failed_article_is_tried_three_times_more_with_growing_gaps(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    now, gaps = NOW, []
    while waiting_now := store.pending(now):
        store.save_status(waiting_now[0].id, ArticleStatus.FAILED, "timeout", now)
        retry_at = store.articles()[0].retry_at
        if retry_at is None:
            break
        assert store.pending(retry_at - timedelta(seconds=1)) == []
        gaps.append(retry_at - now)
        now = retry_at
    assert gaps == [timedelta(minutes=15) * 2**step for step in range(RETRIES)]
    assert waiting(store, after=365 * DAY) == []
    assert store.articles()[0].status is ArticleStatus.FAILED


def test_pending_ones_can_be_asked_for_by_whether_their_text_came_along(store: Store) -> None:
    entries = [entry(1), entry(2, text="3,000 killed", full_text=True), entry(3)]
    store.add_entries(entries, NOW, baseline=False)
    asked = [store.pending(NOW, full_text=full_text) for full_text in (None, True, False)]
    assert [[one.entry.key for one in found] for found in asked] == [
        ["id-1", "id-2", "id-3"],
        ["id-2"],
        ["id-1", "id-3"],
    ]
    assert [one.entry.key for one in store.pending(NOW, limit=1, full_text=True)] == ["id-2"]


def test_a_changed_entry_starts_the_tries_anew(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_status(article.id, ArticleStatus.FAILED, "timeout", NOW)
    assert waiting(store) == []
    store.add_entries([replace(entry(), title="Losses double")], NOW, baseline=False)
    assert [article.attempts for article in store.pending(NOW)] == [0]


def test_a_text_that_came_after_failures_ends_them(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_status(article.id, ArticleStatus.FAILED, "timeout", NOW)
    (again,) = store.pending(NOW + DAY)
    assert again.attempts == 1
    store.save_text(again.id, page("text"), NOW + DAY)
    assert waiting(store, after=30 * DAY) == []


def test_a_text_whose_reader_stumbled_is_set_aside(store: Store) -> None:
    revision = stored(store, "3,000 killed")
    store.save_status(revision.article_id, ArticleStatus.QUARANTINED, "the extractor gave up", NOW)
    assert store.unread() == []
    assert store.uncompared() == []


def test_a_failure_leaves_the_text_for_the_next_run(store: Store) -> None:
    revision = stored(store, "3,000 killed")
    store.save_status(revision.article_id, ArticleStatus.FAILED, "timeout", NOW)
    assert store.unread() == [revision]


def test_runs_count_each_article_they_handled_once(store: Store) -> None:
    run = store.start_run(NOW)
    for number in range(4):
        store.add_entries([entry(number)], NOW, baseline=False)
    one, two, three, _left = store.pending(NOW)
    store.save_status(one.id, ArticleStatus.NO_TEXT, "", NOW, run=run)
    store.save_status(two.id, ArticleStatus.FAILED, "timeout", NOW, run=run)
    store.save_text(three.id, page("3,000 killed"), NOW, run=run)
    assert sum(store.status_counts(run).values()) == 2
    (revision,) = store.unread()
    store.save_claims(revision.id, (), version="1", language="en", status=ArticleStatus.NO_CLAIMS, run=run)
    counts = {status: count for status, count in store.status_counts(run).items() if count}
    assert counts == {ArticleStatus.NO_TEXT: 1, ArticleStatus.FAILED: 1, ArticleStatus.NO_CLAIMS: 1}


def test_naive_times_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="naive"):
        store.add_entries([entry()], NOW.replace(tzinfo=None), baseline=False)
    with pytest.raises(ValueError, match="naive"):
        store.add_entries([replace(entry(), published_at=NOW.replace(tzinfo=None))], NOW, baseline=False)
    assert store.articles() == []


def test_a_date_far_ahead_is_none(store: Store) -> None:
    near, far = NOW + DAY / 2, NOW + 365 * DAY
    dated = [replace(entry(number), published_at=at) for number, at in enumerate((near, far), 1)]
    store.add_entries(dated, NOW, baseline=False)
    first, second = store.pending(NOW)
    assert (first.entry.published_at, second.entry.published_at) == (near, None)
    store.save_text(second.id, replace(page("3,000 lost"), published_at=far), NOW)
    assert [one.published_at for one in store.unread()] == [None]


def test_articles_count_the_claims_of_their_newest_text(store: Store) -> None:
    read(store, stored(store, "3,000 and 4,000 lost"), figure(3000), figure(4000, start=10))
    read(store, stored(store, "5,000 lost"), figure(5000))
    (line,) = store.articles()
    assert (line.revisions, line.claims) == (2, 1)
