package io.zhitong.backend.cards;

import io.zhitong.backend.estate.Community;
import io.zhitong.smcrypto.Hex;
import java.util.Locale;

/**
 * A community's factors and numbers as cards carry them (小区的卡片参数), docs/card.md.
 *
 * @param city factor of the city: code 2 ‖ FF ‖ 00 × 5
 * @param community factor of the community: its number in BCD, 8 bytes
 * @param issuer of the purse in file 0015: issuer 2 ‖ city 2 ‖ industry 2 ‖ reserved 2
 * @param loadTerminal number of the desk as a loading terminal, 6 bytes
 */
record CommunityKeys(byte[] city, byte[] community, byte[] issuer, byte[] loadTerminal) {
    static CommunityKeys of(Community community) {
        String code = community.cityCode();
        return new CommunityKeys(
                Hex.parse(code + "ff0000000000"),
                Hex.parse(String.format(Locale.ROOT, "%016d", community.number())),
                Hex.parse(code + code + "00010000"),
                Hex.parse(code + "ff000001"));
    }
}
