package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * The host's half of a load, unload or overdraft change (圈存主机应答请求): the card's MAC1 is checked, and only if it fits
 * is MAC2 made, both under the session key. On the wire: key ‖ seed 8 ‖ data length 2 ‖ data ‖ mac 4 ‖ answer data length 2
 * ‖ answer data.
 *
 * @param key card level, a usage that allows {@link KeyOperation#VERIFY_THEN_MAC}
 * @param sessionSeed 8 bytes
 * @param data what MAC1 covers, 1–64 bytes
 * @param mac MAC1, 4 bytes
 * @param dataToMac what MAC2 covers, 1–64 bytes
 */
record HostMacRequest(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac, byte[] dataToMac) {
    HostMacRequest {
        sessionSeed = Checks.length("session seed", sessionSeed, 8);
        data = Checks.length("data", data, 1, 64);
        mac = Checks.length("MAC1", mac, 4);
        dataToMac = Checks.length("data of MAC2", dataToMac, 1, 64);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.bytes(sessionSeed).sized(data).bytes(mac).sized(dataToMac);
    }

    static HostMacRequest decode(ByteReader in) {
        return new HostMacRequest(KeyRef.decode(in), in.bytes(8), in.sized(), in.bytes(4), in.sized());
    }
}
