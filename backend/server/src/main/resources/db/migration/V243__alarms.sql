-- Alarms that devices wrote, and who has seen to them. The record itself stays in the event store.
create table alarm (
    community_id int not null,
    position bigint not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    kind int not null,
    point int not null,
    happened_millis bigint not null,
    ended_millis bigint,
    acknowledged_at timestamp with time zone,
    who varchar(100),
    note varchar(200),
    primary key (community_id, position)
);
create index alarm_open on alarm (community_id, acknowledged_at, position);
create index alarm_identity on alarm (community_id, device_number, journal, sequence);
