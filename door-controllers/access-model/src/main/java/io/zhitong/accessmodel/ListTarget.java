package io.zhitong.accessmodel;

/**
 * For whom a list is made and how long it holds (名单对象); see {@link ListHeader} for the units.
 */
public record ListTarget(
        CommunityId community,
        DeviceId device,
        ListKind kind,
        ListVersion version,
        long madeSecond,
        long leaseUntilSecond) {

    /** A list whose lease does not end. */
    public ListTarget(CommunityId community, DeviceId device, ListKind kind, ListVersion version, long madeSecond) {
        this(community, device, kind, version, madeSecond, ListHeader.NO_LEASE_END);
    }
}
