create table device_token (
    community_id int not null,
    token_hash bytea not null,
    device_number bigint not null,
    expires_at timestamp with time zone not null,
    spent_at timestamp with time zone,
    primary key (community_id, token_hash),
    foreign key (community_id, device_number) references device (community_id, number)
);

create table device_certificate (
    community_id int not null,
    device_number bigint not null,
    serial varchar(50) not null,
    issued_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    primary key (community_id, device_number, serial),
    foreign key (community_id, device_number) references device (community_id, number)
);

create table signed_list (
    community_id int not null,
    device_number bigint not null,
    kind int not null,
    epoch bigint not null,
    number bigint not null,
    header bytea not null,
    records bytea not null,
    made_at timestamp with time zone not null,
    primary key (community_id, device_number, kind, epoch, number),
    foreign key (community_id, device_number) references device (community_id, number)
);

create table device_command (
    community_id int not null,
    id uuid not null,
    device_number bigint not null,
    point int not null,
    kind int not null,
    who varchar(100) not null,
    why varchar(200) not null,
    made_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    stage int,
    refusal int,
    answered_at timestamp with time zone,
    command bytea not null,
    primary key (community_id, id),
    foreign key (community_id, device_number) references device (community_id, number)
);
create index device_command_made on device_command (community_id, made_at);
