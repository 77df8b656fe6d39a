package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.smcrypto.Hex;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A community (小区).
 *
 * @param number its 8 decimal digits, the community factor of its keys (docs: keys)
 * @param cityCode 4 digits of the city
 * @param zone in which its dates are meant
 * @param dayEnd cut-off of the business day, fixed at posting
 */
public record Community(CommunityId id, int number, String name, String cityCode, ZoneId zone, LocalTime dayEnd) {
    public Community {
        if (number < 10_000_000 || number > 99_999_999) {
            throw new IllegalArgumentException("a community number has 8 digits, got " + number);
        }
        if (!cityCode.matches("[0-9]{4}")) {
            throw new IllegalArgumentException("a city code has 4 digits, got " + cityCode);
        }
    }

    /** The city's factor in the derivation of keys, 8 bytes (docs/keys.md). */
    public byte[] cityFactor() {
        return Hex.parse(cityCode + "ff0000000000");
    }

    /** The community's factor, 8 bytes. */
    public byte[] factor() {
        return Hex.parse("00000000" + number);
    }
}
