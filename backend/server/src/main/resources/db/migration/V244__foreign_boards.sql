-- Boards of another make that a worker drives, their journals until the event store has them, and how they stand.
create table foreign_board (
    community_id int not null,
    device_number bigint not null,
    serial bigint not null,
    host varchar(15) not null,
    port int not null,
    primary key (community_id, device_number),
    unique (community_id, serial),
    foreign key (community_id, device_number) references device (community_id, number)
);

create table board_cursor (
    community_id int not null,
    device_number bigint not null,
    taken bytea not null,
    primary key (community_id, device_number)
);

create table board_record (
    community_id int not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    record bytea not null,
    primary key (community_id, device_number, journal, sequence)
);

create table board_state (
    community_id int not null,
    device_number bigint not null,
    at timestamp with time zone not null,
    fault varchar(200) not null,
    in_step boolean not null,
    version varchar(40) not null,
    held bigint not null,
    shortfalls varchar(2000) not null,
    primary key (community_id, device_number)
);
