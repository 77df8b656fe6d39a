-- How old the last heartbeats are that a gateway has in memory: one row, whatever the number of its devices.
create table gateway_heard (
    community_id int not null,
    gateway uuid not null,
    told_at timestamp with time zone not null,
    ages bytea not null,
    primary key (community_id, gateway)
);
