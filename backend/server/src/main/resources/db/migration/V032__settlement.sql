create table settlement_package (
    community_id int not null,
    business_day date not null,
    sequence int not null,
    version int not null,
    receiver varchar(16) not null,
    part int not null,
    record_count int not null,
    amount_fen bigint not null,
    digest varchar(64) not null,
    key_id varchar(16) not null,
    content bytea not null,
    signature bytea not null,
    day_over boolean not null,
    made_at timestamp with time zone not null,
    made_by varchar(100) not null,
    primary key (community_id, business_day, sequence, version),
    unique (community_id, business_day, receiver, part, version),
    foreign key (community_id, receiver) references merchant (community_id, code)
);
comment on table settlement_package is 'append only: files as they were given out';

create table settlement_day (
    community_id int not null,
    business_day date not null,
    closed_at timestamp with time zone not null,
    primary key (community_id, business_day),
    foreign key (community_id) references community (community_id)
);
comment on table settlement_day is 'append only: days whose files are final';
