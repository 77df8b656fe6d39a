-- Flow part of the numbers of cards, in one space for all communities; never given twice.
create sequence card_flow start with 1;

create table credential (
    community_id int not null,
    number bigint not null,
    person_id uuid not null,
    status varchar(12) not null,
    valid_from date not null,
    valid_to date not null,
    least_certificate int not null,
    issued_at timestamp with time zone not null,
    primary key (community_id, number),
    foreign key (community_id, person_id) references person (community_id, id)
);
create index credential_person on credential (community_id, person_id);

create table carrier (
    community_id int not null,
    id uuid not null,
    credential_number bigint not null,
    kind varchar(16) not null,
    level varchar(16) not null,
    chip_id varchar(16),
    purse_serial varchar(20),
    primary key (community_id, id),
    unique (community_id, purse_serial),
    foreign key (community_id, credential_number) references credential (community_id, number)
);

-- A card being made. Its number belongs to the chip it was first tried on and is not given again if the order is given up.
create table card_order (
    community_id int not null,
    id uuid not null,
    person_id uuid not null,
    number bigint not null,
    certificate_number int not null,
    valid_from date not null,
    valid_to date not null,
    chip_id varchar(16),
    state varchar(12) not null,
    clerk varchar(100) not null,
    ordered_at timestamp with time zone not null,
    primary key (community_id, id),
    unique (community_id, number),
    foreign key (community_id, person_id) references person (community_id, id)
);
create index card_order_person on card_order (community_id, person_id, state);

-- Loads of purses, from before the card could be credited until its end is known. record is the terminal's 48 bytes.
create table card_load (
    community_id int not null,
    card_serial varchar(20) not null,
    online_counter int not null,
    record bytea not null,
    state varchar(12) not null,
    clerk varchar(100) not null,
    started_at timestamp with time zone not null,
    primary key (community_id, card_serial, online_counter)
);
create index card_load_state on card_load (community_id, state, card_serial);
