package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * How far custodians have come with opening (开启进度). On the wire: state 1 ‖ demo quorum 1 ‖ needed 1 ‖ dealt 1 ‖ batch of
 * share numbers 1 ‖ seconds left 2.
 *
 * @param state of the vault
 * @param demoQuorum the quorum is a marked test quorum
 * @param needed shares that open the masters; 0 when there are none or it was not noted
 * @param dealt shares there are
 * @param given numbers x of the shares that lie in memory
 * @param secondsLeft until they are forgotten, 0 when there are none
 */
public record DoorState(
        VaultState state, boolean demoQuorum, int needed, int dealt, List<Integer> given, int secondsLeft) {
    public DoorState {
        Checks.range("shares needed", needed, 0, 255);
        Checks.range("shares dealt", dealt, needed, 255);
        Checks.range("seconds left", secondsLeft, 0, VaultDoor.MINUTES * 60);
        given = List.copyOf(given);
    }

    void encode(ByteWriter out) {
        out.u8(state.code()).u8(demoQuorum ? 1 : 0).u8(needed).u8(dealt);
        Lists.encode(out, given, (x, to) -> to.u8(x));
        out.u16(secondsLeft);
    }

    static DoorState decode(ByteReader in) {
        return new DoorState(
                VaultState.of(in.u8()),
                Checks.flag(in.u8()),
                in.u8(),
                in.u8(),
                Lists.decode(in, ByteReader::u8),
                in.u16());
    }
}
