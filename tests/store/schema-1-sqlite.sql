-- The tables of schema 1, as the program made them.
CREATE TABLE about (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY ("key")
);
CREATE TABLE articles (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE runs (
    id INTEGER NOT NULL,
    started VARCHAR NOT NULL,
    program VARCHAR NOT NULL,
    weights VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE article_keys (
    "key" VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY ("key"),
    CONSTRAINT fk_article_keys_article FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE INDEX ix_article_keys_article ON article_keys (article);
CREATE TABLE failures (
    id INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_failures_run FOREIGN KEY(run) REFERENCES runs (id)
);
CREATE INDEX ix_failures_run ON failures (run);
CREATE TABLE sightings (
    source VARCHAR NOT NULL,
    article INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (source),
    CONSTRAINT fk_sightings_article FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE INDEX ix_sightings_article ON sightings (article);
CREATE TABLE versions (
    id INTEGER NOT NULL,
    article INTEGER NOT NULL,
    number INTEGER NOT NULL,
    latest BOOLEAN NOT NULL,
    digest VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    url VARCHAR,
    outlet VARCHAR,
    outlet_folded VARCHAR,
    title VARCHAR,
    published DATE,
    published_from VARCHAR,
    language VARCHAR,
    authors JSON NOT NULL,
    cited JSON NOT NULL,
    text VARCHAR NOT NULL,
    furniture JSON NOT NULL,
    headings JSON NOT NULL,
    source VARCHAR NOT NULL,
    run INTEGER NOT NULL,
    added VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (article, number),
    CONSTRAINT fk_versions_article FOREIGN KEY(article) REFERENCES articles (id),
    CONSTRAINT fk_versions_run FOREIGN KEY(run) REFERENCES runs (id)
);
CREATE INDEX ix_versions_article ON versions (article);
CREATE INDEX ix_versions_digest ON versions (digest);
CREATE INDEX ix_versions_latest ON versions (latest);
CREATE INDEX ix_versions_name_key ON versions (name_key);
CREATE INDEX ix_versions_published ON versions (published);
CREATE INDEX ix_versions_run ON versions (run);
CREATE TABLE actors (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR,
    side VARCHAR,
    side_guessed BOOLEAN NOT NULL,
    name_folded VARCHAR NOT NULL,
    side_folded VARCHAR,
    PRIMARY KEY (id),
    CONSTRAINT fk_actors_version FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX ix_actors_version ON actors (version);
CREATE TABLE framings (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    statement VARCHAR NOT NULL,
    thing JSON NOT NULL,
    label JSON NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_framings_version FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX ix_framings_version ON framings (version);
CREATE TABLE remarks (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    remark VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_remarks_version FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX ix_remarks_version ON remarks (version);
CREATE TABLE replies (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reply VARCHAR NOT NULL,
    "to" VARCHAR,
    type VARCHAR NOT NULL,
    answers JSON NOT NULL,
    signal JSON NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_replies_version FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX ix_replies_version ON replies (version);
CREATE TABLE statements (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,
    source JSON NOT NULL,
    cue JSON NOT NULL,
    content JSON NOT NULL,
    inside VARCHAR,
    confidence FLOAT NOT NULL,
    act VARCHAR NOT NULL,
    act_confidence FLOAT NOT NULL,
    speaker INTEGER,
    target INTEGER,
    how VARCHAR,
    how_confidence FLOAT,
    chain JSON,
    occasion JSON NOT NULL,
    via JSON NOT NULL,
    said_on DATE,
    answering FLOAT NOT NULL,
    naming FLOAT NOT NULL,
    aims JSON NOT NULL,
    replying JSON NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (version, name),
    CONSTRAINT fk_statements_version FOREIGN KEY(version) REFERENCES versions (id),
    CONSTRAINT fk_statements_speaker FOREIGN KEY(speaker) REFERENCES actors (id),
    CONSTRAINT fk_statements_target FOREIGN KEY(target) REFERENCES actors (id)
);
CREATE INDEX ix_statements_act ON statements (act);
CREATE INDEX ix_statements_speaker ON statements (speaker);
CREATE INDEX ix_statements_target ON statements (target);
CREATE INDEX ix_statements_version ON statements (version);
CREATE VIRTUAL TABLE statement_words USING fts5(words, tokenize = 'unicode61');
INSERT INTO about (key, value) VALUES ('schema', '1');
