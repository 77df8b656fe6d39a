-- How often credentials with a limited number of uses were let in, by device, from the event store; can be dropped and read again.
create table use_count (
    community_id int not null,
    credential bigint not null,
    device_number bigint not null,
    uses int not null,
    primary key (community_id, credential, device_number)
);
