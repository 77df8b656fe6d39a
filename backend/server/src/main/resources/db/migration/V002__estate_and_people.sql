create table community (
    community_id int not null,
    number int not null,
    name varchar(100) not null,
    city_code char(4) not null,
    zone varchar(40) not null,
    day_end varchar(18) not null,
    primary key (community_id)
);
create unique index community_number on community (number);

create table building (
    community_id int not null,
    id uuid not null,
    name varchar(60) not null,
    primary key (community_id, id),
    unique (community_id, name),
    foreign key (community_id) references community (community_id)
);

create table estate_unit (
    community_id int not null,
    id uuid not null,
    building_id uuid not null,
    name varchar(60) not null,
    primary key (community_id, id),
    unique (community_id, name),
    foreign key (community_id, building_id) references building (community_id, id)
);

create table device (
    community_id int not null,
    number bigint not null,
    kind varchar(20) not null,
    name varchar(60) not null,
    primary key (community_id, number)
);

create table device_point (
    community_id int not null,
    device_number bigint not null,
    number int not null,
    kind varchar(20) not null,
    method varchar(20) not null,
    name varchar(60) not null,
    primary key (community_id, device_number, number),
    foreign key (community_id, device_number) references device (community_id, number)
);

create table person (
    community_id int not null,
    id uuid not null,
    name varchar(60) not null,
    initials varchar(20) not null,
    primary key (community_id, id)
);

create table household (
    community_id int not null,
    id uuid not null,
    unit_id uuid not null,
    primary key (community_id, id),
    foreign key (community_id, unit_id) references estate_unit (community_id, id)
);

create table residence (
    community_id int not null,
    id uuid not null,
    person_id uuid not null,
    household_id uuid not null,
    role varchar(10) not null,
    valid_from date not null,
    valid_to date,
    primary key (community_id, id),
    foreign key (community_id, person_id) references person (community_id, id),
    foreign key (community_id, household_id) references household (community_id, id)
);
create index residence_person on residence (community_id, person_id);
