-- Data keys of pictures are wrapped by the vault itself, under its usage for personal data; what was wrapped before opens no more.
drop table picture_key;
create table picture_key (
    community_id int not null,
    number bigint not null,
    master_version int not null,
    wrapped bytea not null,
    made_at timestamp with time zone not null,
    primary key (community_id, number)
);
