-- From then on devices are told nothing of passages before it. Who is inside for a fire warden stays.
create table presence_amnesty (
    community_id int not null,
    id uuid not null,
    subject bigint not null,
    given_millis bigint not null,
    who varchar(100) not null,
    why varchar(200) not null,
    primary key (community_id, id)
);
comment on table presence_amnesty is 'append only: whose passages count no longer; subject 0 = everybody''s';
create index presence_amnesty_subject on presence_amnesty (community_id, subject, given_millis);
