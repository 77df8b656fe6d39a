package io.zhitong.accessmodel;

/**
 * A record of a signed list (名单记录). Its canonical bytes are what the Merkle root covers: one value has exactly one
 * encoding, and it begins with the key of its {@link ListKind}.
 */
public sealed interface ListRecord
        permits AccessRecord,
                Schedule,
                Holiday,
                IssuerRecord,
                PointRecord,
                SettingRecord,
                BlacklistRecord,
                RevokedMachine,
                GroupRecord,
                FloorGroup,
                AreaRecord,
                PinRecord,
                EntryRecord,
                SpaceRecord,
                WiringRecord,
                PresenceRecord,
                UseRecord {

    ListKind kind();

    byte[] canonical();

    /** @throws ModelException if the bytes are not a canonical record of {@code kind} */
    static ListRecord decode(ListKind kind, byte[] bytes) {
        return switch (kind) {
            case ACCESS -> AccessRecord.decode(bytes);
            case SCHEDULES -> Schedule.decode(bytes);
            case HOLIDAYS -> Holiday.decode(bytes);
            case ISSUERS -> IssuerRecord.decode(bytes);
            case POINTS -> PointRecord.decode(bytes);
            case SETTINGS -> SettingRecord.decode(bytes);
            case BLACKLIST -> BlacklistRecord.decode(bytes);
            case REVOCATIONS -> RevokedMachine.decode(bytes);
            case GROUPS -> GroupRecord.decode(bytes);
            case FLOORS -> FloorGroup.decode(bytes);
            case AREAS -> AreaRecord.decode(bytes);
            case PINS -> PinRecord.decode(bytes);
            case ENTRIES -> EntryRecord.decode(bytes);
            case SPACES -> SpaceRecord.decode(bytes);
            case WIRING -> WiringRecord.decode(bytes);
            case PRESENCE -> PresenceRecord.decode(bytes);
            case USES -> UseRecord.decode(bytes);
        };
    }
}
