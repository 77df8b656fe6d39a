-- What a device's journal is known to hold: advanced in the transaction that stores, so that nothing is stored twice
-- although no unique key could say so on a table partitioned by day of receipt.
create table device_journal (
    community_id int not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    hash bytea not null,
    opened_at timestamp with time zone not null,
    primary key (community_id, device_number, journal)
);

-- The last position given out. Its row stays locked until the giver has committed, so that positions become visible in
-- their order and no reader ever skips one.
create table event_order (
    community_id int not null,
    position bigint not null,
    primary key (community_id)
);

create table device_event (
    community_id int not null,
    received_day date not null,
    position bigint not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    kind int not null,
    point int not null,
    boot bigint not null,
    device_millis bigint not null,
    offset_millis bigint not null,
    clock_quality int not null,
    received_at timestamp with time zone not null,
    hash bytea not null,
    record bytea not null,
    primary key (community_id, received_day, position)
);
comment on table device_event is 'append only: records as the devices wrote them';
create index device_event_position on device_event (community_id, position);
create index device_event_identity on device_event (community_id, device_number, journal, sequence);

create table event_gap (
    community_id int not null,
    device_number bigint not null,
    journal bigint not null,
    first_sequence bigint not null,
    last_sequence bigint not null,
    declared boolean not null,
    noticed_at timestamp with time zone not null,
    primary key (community_id, device_number, journal, first_sequence)
);

create table event_conflict (
    community_id int not null,
    id uuid not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    reason varchar(30) not null,
    noticed_at timestamp with time zone not null,
    record bytea not null,
    primary key (community_id, id)
);
comment on table event_conflict is 'append only: records that contradict what is stored';

create table event_cursor (
    community_id int not null,
    name varchar(60) not null,
    position bigint not null,
    primary key (community_id, name)
);
