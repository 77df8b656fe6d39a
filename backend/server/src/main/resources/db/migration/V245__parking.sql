-- Cars inside, from passages at lanes in the event store. All but the corrections can be dropped and read again.
create table car_passage (
    community_id int not null,
    credential bigint not null,
    position bigint not null,
    happened_millis bigint not null,
    lot int not null,
    plate varchar(32) not null,
    carrier int not null,
    device_number bigint not null,
    point int not null,
    void boolean default false not null,
    primary key (community_id, credential, position)
);
create index car_passage_point on car_passage (community_id, device_number, point, position);

create table car_correction (
    community_id int not null,
    id uuid not null,
    credential bigint not null,
    happened_millis bigint not null,
    lot int not null,
    plate varchar(32) not null,
    carrier int not null,
    who varchar(100) not null,
    why varchar(200) not null,
    primary key (community_id, id)
);
comment on table car_correction is 'append only: where a car was found by a person';
create index car_correction_credential on car_correction (community_id, credential);

-- What the two above come to.
create table car_inside (
    community_id int not null,
    credential bigint not null,
    lot int not null,
    since_millis bigint not null,
    plate varchar(32) not null,
    carrier int not null,
    device_number bigint not null,
    point int not null,
    primary key (community_id, credential)
);
create index car_inside_plate on car_inside (community_id, plate);

create table car_opening (
    community_id int not null,
    device_number bigint not null,
    point int not null,
    position bigint not null,
    primary key (community_id, device_number, point)
);
create table car_head (
    community_id int not null,
    changes bigint not null,
    primary key (community_id)
);

-- Who was given how many spaces in which lot. The newest of a person and lot stands; 0 spaces = none any more.
create table parking_space (
    community_id int not null,
    number bigint not null,
    person_id uuid,
    lot int not null,
    spaces int not null,
    kind int not null,
    who varchar(100) not null,
    why varchar(200) not null,
    changed_millis bigint not null,
    primary key (community_id, number),
    foreign key (community_id, person_id) references person (community_id, id)
);
comment on table parking_space is 'append only: every change of spaces, by whom and when';
