-- Which picture of a device belongs to which event. The record that names it stays in the event store, the picture is a file.
create table event_picture (
    community_id int not null,
    position bigint not null,
    event_position bigint not null,
    device_number bigint not null,
    taken_millis bigint not null,
    name bytea not null,
    length int not null,
    primary key (community_id, position)
);
create index event_picture_event on event_picture (community_id, event_position);
