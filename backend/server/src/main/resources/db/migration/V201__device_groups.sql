-- The number a person bears on access lists: by it a device knows that a card and a phone are one person's. Never used again.
create table access_holder (
    community_id int not null,
    person_id uuid not null,
    number bigint not null,
    primary key (community_id, person_id),
    unique (community_id, number)
);

-- Which number a group bears on one device. It stays, so that a list that was sent earlier never means something else.
create table device_group (
    community_id int not null,
    device_number bigint not null,
    content varchar(200) not null,
    number int not null,
    primary key (community_id, device_number, content),
    unique (community_id, device_number, number),
    foreign key (community_id, device_number) references device (community_id, number)
);
