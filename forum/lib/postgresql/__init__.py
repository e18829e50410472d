"""How the site is connected to PostgreSQL."""

SETTINGS = {
    "statement_timeout": "15000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "60000",
    "jit": "off",  # compiling takes seconds
    "random_page_cost": "1.1",  # what is read is in memory, by an index too
    "plan_cache_mode": "force_generic_plan",  # else each connection plans a question five times before it keeps a plan
}
OPTIONS = {
    "prepare_threshold": 0,  # what forum/lib/asked.py asks is prepared at once, and nothing else is
    "connect_timeout": 2,  # seconds; a site without its database says so within three
    "tcp_user_timeout": 1000,
    "keepalives_idle": 10,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()),
}
