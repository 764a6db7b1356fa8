"""The tables of the database, as the latest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()

# Moments are ISO 8601 in Korea to the second, so that their order is that of their texts. What tells of a company is in
# the columns `…_json` alone.
DIAGNOSES = Table(
    "diagnoses",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", String(60), unique=True),
    Column("branch", String(40), nullable=False),
    Column("year", Integer),
    Column("sequence", Integer),
    Column("former", String(60)),
    Column("as_of", String(10), nullable=False),
    Column("generation", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("issued_at", String(32)),
    Column("case_json", Text),
    Column("diagnosis_json", Text),
    Column("sources_json", Text),
    Column("edits_json", Text),
    Column("report_json", Text),
    UniqueConstraint("year", "branch", "sequence", name="one_number_each"),
    Index("diagnoses_of_owner", "owner", "status", "created_at"),
    Index("diagnoses_expiring", "status", "expires_at"),
)

# An answer as it was shown, without personal data; `digests_json` are of the words each mark stands on. `answer_packed`
# is its JSON in UTF-8, packed by zlib: most of it is of programmes, whose fields repeat.
ANSWERS = Table(
    "answers",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("conversation", String(64)),
    Column("asked_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("generation", String(200), nullable=False),
    Column("status", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("digests_json", Text, nullable=False),
    Column("answer_packed", LargeBinary, nullable=False, server_default=text("''")),
    Column("about_json", Text, nullable=False, server_default=text("'{}'")),
    Index("answers_of_conversation", "conversation"),
    Index("answers_expiring", "expires_at"),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("answer", String(36), ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("given_at", String(32), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("reason", String(200)),
    Column("comment", Text),
    Index("feedback_of_answer", "answer"),
)
# Of a key only a digest is kept; scopes are words between blanks.
KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("scopes", String(60), nullable=False),
    Column("person", String(100), nullable=False),
    Column("rate", String(40)),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("revoked_at", String(32)),
    Column("organisation", String(100)),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("key", String(16), nullable=False),
    Column("action", String(200), nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("request", String(64), nullable=False),
    Column("reason", String(200), nullable=False, server_default=""),
    Index("audit_at", "at"),
)
# What a request with an Idempotency-Key came to; no status while it is under way.
REPEATS = Table(
    "repeats",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("asked", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("status", Integer),
    Column("headers_json", Text),
    Column("body", LargeBinary),
    Index("repeats_at", "at"),
)
# What an operator has switched off; what is not here is on.
SWITCHES = Table(
    "switches",
    METADATA,
    Column("name", String(16), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("reason", String(200), nullable=False),
)
# Work that staff started, done by a process of its own; `slot` is the same for all that may not be done side by side,
# and none where a job is over.
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("state", String(16), nullable=False),
    Column("slot", String(16), unique=True),
    Column("given_json", Text, nullable=False),
    Column("person", String(100), nullable=False),
    Column("asked_at", String(32), nullable=False),
    Column("started_at", String(32)),
    Column("ended_at", String(32)),
    Column("pid", Integer),
    Column("machine", String(32), nullable=False, server_default=text("''")),
    Column("step", String(100), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("cancelled_by", String(100)),
    Column("message", Text, nullable=False),
    Column("result_json", Text),
    Index("jobs_asked", "asked_at"),
)
# What happened in a job, in order; the id is that of the event in its stream.
JOB_EVENTS = Table(
    "job_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("job", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("told_json", Text, nullable=False),
    Index("job_events_of_job", "job", "id"),
)
# A candidate held against what was served ("" where nothing was). `blocking_json` are the ids of what blocks.
CHECKS = Table(
    "checks",
    METADATA,
    Column("candidate", String(200), primary_key=True),
    Column("served", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("blocking_json", Text, nullable=False),
    Column("check_json", Text, nullable=False),
)
# What a person accepted of what differs from a served generation: it holds for every candidate that shows the same.
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("served", String(200), primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("candidate", String(200), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("key", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
)
# What staff decided about an item of the review; it stands while the item rests on the same (`basis`, a digest).
REVIEWS = Table(
    "reviews",
    METADATA,
    Column("item", String(40), primary_key=True),
    Column("action", String(16), nullable=False),
    Column("basis", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("reason", String(300), nullable=False),
)
# What staff announced; days are ISO, and one without a last day is for good.
ANNOUNCEMENTS = Table(
    "announcements",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("text", String(300), nullable=False),
    Column("program", String(300), nullable=False),
    Column("year", Integer),
    Column("authority", String(200), nullable=False),
    Column("since", String(10), nullable=False),
    Column("until", String(10)),
    Column("effect", String(16), nullable=False),
    Column("effect_since", String(10)),
    Column("effect_until", String(10)),
    Column("posted_at", String(32), nullable=False),
    Column("person", String(100), nullable=False),
)
# What came of an address when it was last asked: a status, or a fault in words; `moved_to` is where it leads.
LINKS = Table(
    "links",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("status", Integer),
    Column("moved_to", Text),
    Column("fault", Text),
    Column("checked_at", String(32), nullable=False),
    Index("links_checked", "checked_at"),
)
# 알림. Of a token only a digest is kept. `address` is where messages go (a mail address or a webhook) and
# `address_digest` by what several of one address are counted; both and `profile_json` are erased when it is stopped.
# `revision` changes with whatever decides what is told next; `last_day` is that of the last message.
SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", Text),
    Column("address_digest", String(64)),
    Column("secret", String(64)),
    Column("profile_json", Text),
    Column("revision", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("confirmed_at", String(32)),
    Column("expires_at", String(32)),
    Column("last_day", String(10)),
    Index("subscriptions_told", "state", "last_day"),
    Index("subscriptions_of_address", "address_digest", "created_at"),
    Index("subscriptions_expiring", "expires_at"),
)
# What a subscription was told: of each programme how it stood then, and each closing that was called out.
TOLD = Table(
    "told",
    METADATA,
    Column("subscription", String(16), ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("program", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("value_json", Text, nullable=False),
    Column("day", String(10), nullable=False),
)
# What is to be sent; the body is erased once it is. `next_try` is when, `claimed_at` since when one process sends it.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("subscription", String(16), ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("due", String(10), nullable=False),
    Column("body_json", Text),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", String(32), nullable=False),
    Column("claimed_at", String(32)),
    Column("sent_at", String(32)),
    Column("error", String(200)),
    Index("outbox_due", "state", "next_try"),
    Index("outbox_of_subscription", "subscription"),
)
# Who signed in with a key; of the token that the browser keeps only a digest is here.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("key", String(40), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Index("sessions_expiring", "expires_at"),
)
# The consulting files; what is written down of a company is in `content_json`, and gone once it is erased. `written` is
# the revision in which what documents tell last changed.
FILES = Table(
    "files",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("consultant", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("opened_on", String(10), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("content_json", Text),
    Column("written", Integer, nullable=False, server_default="1"),
    Index("files_of_owner", "owner", "updated_at"),
)
# Documents of a file under their numbers; an erased one keeps its number.
PAPERS = Table(
    "papers",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("file", String(32), ForeignKey("files.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", String(60), nullable=False, unique=True),
    Column("branch", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("former", String(60)),
    Column("as_of", String(10), nullable=False),
    Column("generation", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("issued_at", String(32), nullable=False),
    Column("issued_by", String(100), nullable=False),
    Column("report_json", Text),
    UniqueConstraint("year", "branch", "kind", "sequence", name="papers_numbered"),
    Index("papers_of_file", "file", "issued_at"),
)
# Which document a consultant is asked to look through, and what came of it; `wish` and `remark` go with the file.
APPROVALS = Table(
    "approvals",
    METADATA,
    Column("paper", String(32), ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer", String(64), nullable=False),
    Column("person", String(100), nullable=False),
    Column("asked_by", String(100), nullable=False),
    Column("asked_at", String(32), nullable=False),
    Column("wish", Text),
    Column("state", String(16), nullable=False),
    Column("remark", Text),
    Column("decided_at", String(32)),
    Index("approvals_of_reviewer", "reviewer", "state"),
)
