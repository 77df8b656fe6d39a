-- Data keys of pictures, each wrapped under a key of the vault. Without its row a picture cannot be read by anybody.
create table picture_key (
    community_id int not null,
    number bigint not null,
    master_version int not null,
    iv bytea not null,
    wrapped bytea not null,
    made_at timestamp with time zone not null,
    primary key (community_id, number)
);
