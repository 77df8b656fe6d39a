-- Software for devices: bundles in parts, signed by a second person's approval, and how far each has come.
create table device_image (
    community_id int not null,
    bundle bytea not null,
    architecture int not null,
    version varchar(30) not null,
    size bigint not null,
    uploaded_by varchar(100) not null,
    uploaded_at timestamp with time zone not null,
    stage varchar(20) not null,
    stage_since timestamp with time zone not null,
    advance_minutes int not null,
    approved_by varchar(100),
    older boolean not null,
    manifest bytea,
    stopped_why varchar(200),
    primary key (community_id, bundle)
);

create table device_image_part (
    community_id int not null,
    bundle bytea not null,
    place bigint not null,
    content bytea not null,
    primary key (community_id, bundle, place),
    foreign key (community_id, bundle) references device_image (community_id, bundle)
);

create table device_image_target (
    community_id int not null,
    bundle bytea not null,
    device_number bigint not null,
    first boolean not null,
    command_id uuid,
    ordered_at timestamp with time zone,
    primary key (community_id, bundle, device_number),
    foreign key (community_id, bundle) references device_image (community_id, bundle),
    foreign key (community_id, device_number) references device (community_id, number)
);
