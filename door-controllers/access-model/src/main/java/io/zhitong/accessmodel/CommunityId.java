package io.zhitong.accessmodel;

/**
 * A community (小区) in this installation: u32 from 1, first column of every key.
 *
 * @param value 1 … 2³¹−1
 */
public record CommunityId(int value) {

    public CommunityId {
        ModelException.require(value > 0, ModelException.Reason.RANGE, "a community id above 0");
    }
}
