package io.zhitong.cardterminal;

import java.time.ZoneId;

/**
 * The point at which a card is asked (门禁点).
 *
 * @param community community number, 8 bytes
 * @param point point id as card commands carry it: device 4 ‖ 0000 ‖ point 2
 * @param zone the community's zone, in which certificates begin and end
 */
public record Door(byte[] community, byte[] point, ZoneId zone) {
    public Door {
        if (community.length != 8 || point.length != 8) {
            throw new IllegalArgumentException("expected community and point of 8 bytes");
        }
        community = community.clone();
        point = point.clone();
    }

    @Override
    public byte[] community() {
        return community.clone();
    }

    @Override
    public byte[] point() {
        return point.clone();
    }
}
