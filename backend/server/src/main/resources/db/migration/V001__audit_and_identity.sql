-- One set of SQL for H2 (PostgreSQL mode) and PostgreSQL. A table whose comment begins with 'append only' loses UPDATE
-- and DELETE for the application role (db/postgresql).
create table audit_head (
    community_id int not null,
    number bigint not null,
    hash bytea not null,
    primary key (community_id)
);

create table audit_entry (
    community_id int not null,
    number bigint not null,
    made_at timestamp with time zone not null,
    actor varchar(100) not null,
    action varchar(60) not null,
    subject varchar(200) not null,
    before_text varchar(4000) not null,
    after_text varchar(4000) not null,
    hash bytea not null,
    primary key (community_id, number)
);
comment on table audit_entry is 'append only: who did what';

create table console_user (
    community_id int not null,
    id uuid not null,
    login varchar(60) not null,
    name varchar(60) not null,
    password_hash varchar(200) not null,
    primary key (community_id, id)
);
-- A log-in names no community, so its name is unique over all of them.
create unique index console_user_login on console_user (login);

create table console_user_role (
    community_id int not null,
    user_id uuid not null,
    role varchar(20) not null,
    primary key (community_id, user_id, role),
    foreign key (community_id, user_id) references console_user (community_id, id)
);

create table spring_session (
    primary_id char(36) not null,
    session_id char(36) not null,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval int not null,
    expiry_time bigint not null,
    principal_name varchar(100),
    primary key (primary_id)
);
create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36) not null,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    primary key (session_primary_id, attribute_name),
    foreign key (session_primary_id) references spring_session (primary_id) on delete cascade
);
