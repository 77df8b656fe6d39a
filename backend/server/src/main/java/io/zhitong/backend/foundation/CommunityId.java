package io.zhitong.backend.foundation;

/**
 * The tenant (小区): first column of every key, so that no row can point across communities.
 *
 * @param value positive row number of the community; its 8-byte card number is a column of the community's row
 */
public record CommunityId(int value) {
    public CommunityId {
        if (value <= 0) {
            throw new IllegalArgumentException("a community id is positive, got " + value);
        }
    }
}
