-- A person's data key, wrapped by the vault for the community. Without this row nobody reads what stands under it.
create table person_key (
    community_id int not null,
    person_id uuid not null,
    master_version int not null,
    wrapped bytea not null,
    primary key (community_id, person_id),
    foreign key (community_id, person_id) references person (community_id, id)
);

-- Telephone and identity numbers: SM4-GCM under the person's key, found by a keyed hash whose key never leaves the vault.
create table person_datum (
    community_id int not null,
    person_id uuid not null,
    field varchar(16) not null,
    iv bytea not null,
    sealed bytea not null,
    digest_version int not null,
    digest bytea not null,
    primary key (community_id, person_id, field),
    foreign key (community_id, person_id) references person_key (community_id, person_id)
);
create index person_datum_digest on person_datum (community_id, digest);

alter table person add column erased_at timestamp with time zone;

-- What was asked to be erased, and by whom it was done.
create table person_erasure (
    community_id int not null,
    person_id uuid not null,
    asked_by varchar(100) not null,
    asked_at timestamp with time zone not null,
    why varchar(200) not null,
    done_by varchar(100),
    done_at timestamp with time zone,
    primary key (community_id, person_id),
    foreign key (community_id, person_id) references person (community_id, id)
);

-- Under which name another system knows a person, and the residence that came from there.
create table external_id (
    community_id int not null,
    source varchar(40) not null,
    external_id varchar(80) not null,
    person_id uuid not null,
    residence_id uuid not null,
    primary key (community_id, source, external_id),
    foreign key (community_id, person_id) references person (community_id, id),
    foreign key (community_id, residence_id) references residence (community_id, id)
);
create index external_id_person on external_id (community_id, person_id);
