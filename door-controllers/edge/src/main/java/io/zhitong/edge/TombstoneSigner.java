package io.zhitong.edge;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.smcrypto.Sm2;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Says with the device's own key which records are gone (丢失声明签名).
 *
 * @param sign answers r ‖ s, 64 bytes, over the message it gets
 */
public record TombstoneSigner(UnaryOperator<byte[]> sign) {

    /** @param identity the present one, asked for each signature */
    static TombstoneSigner of(Supplier<MachineIdentity> identity) {
        return new TombstoneSigner(message -> Sm2.fromDer(identity.get().sign(message)));
    }

    Octets overwritten(DeviceAddress address, JournalId journal, JournalSpace.Lost run) {
        return signed(address, journal, Tombstone.Cause.JOURNAL_FULL, run.first(), run.last(), run.count(), run.hash());
    }

    Octets notWritten(DeviceAddress address, JournalId journal, long count) {
        return signed(address, journal, Tombstone.Cause.NOT_WRITTEN, 0, 0, count, Hash.ZERO);
    }

    private Octets signed(
            DeviceAddress address,
            JournalId journal,
            Tombstone.Cause cause,
            long first,
            long last,
            long count,
            Hash hash) {
        byte[] message =
                Tombstone.message(address.community(), address.device(), journal, cause, first, last, count, hash);
        Octets signature = Octets.of(sign.apply(message));
        return Octets.of(new Tombstone(cause, first, last, count, hash, signature).encode());
    }
}
