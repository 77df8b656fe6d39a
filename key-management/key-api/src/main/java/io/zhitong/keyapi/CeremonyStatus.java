package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;
import java.util.Optional;

/**
 * What everybody in the room may see of a ceremony (仪式状态). On the wire: step 1 ‖ id 16 ‖ settings present 1 ‖ settings ‖
 * secret complete 1 ‖ fingerprint text ‖ batch of {@link Participant}.
 *
 * @param step where it stands
 * @param id 16 random bytes; zeros before the first
 * @param settings empty before the first
 * @param components whether every component lies in the process: after a restart they do not, and dealing waits for them
 * @param fingerprint of the key that will sign the transcript, to be read aloud: docs/keys.md#transcript
 * @param participants by number
 */
public record CeremonyStatus(
        CeremonyStep step,
        byte[] id,
        Optional<CeremonySettings> settings,
        boolean components,
        String fingerprint,
        List<Participant> participants) {
    /** Length of a ceremony's id. */
    public static final int ID = 16;

    public CeremonyStatus {
        id = Checks.length("ceremony id", id, ID);
        Checks.range("fingerprint", fingerprint.length(), 0, 64);
        participants = List.copyOf(participants);
    }

    /**
     * One custodian in it. On the wire: number 1 ‖ name text ‖ flags 1 (bit 0 committed, 1 component in the process, 2
     * dealt, 3 confirmed, 4 locked).
     *
     * @param number also the x of the share
     * @param revealed whether the component lies in the process now
     * @param locked by wrong PINs: the ceremony has to be given up
     */
    public record Participant(
            int number,
            String name,
            boolean committed,
            boolean revealed,
            boolean dealt,
            boolean confirmed,
            boolean locked) {
        public Participant {
            Checks.range("custodian", number, 1, Custodian.MOST);
            Custodian.checkName(name);
        }

        void encode(ByteWriter out) {
            int flags = (committed ? 1 : 0)
                    | (revealed ? 2 : 0)
                    | (dealt ? 4 : 0)
                    | (confirmed ? 8 : 0)
                    | (locked ? 16 : 0);
            out.u8(number).text(name).u8(flags);
        }

        static Participant decode(ByteReader in) {
            int number = in.u8();
            String name = in.text();
            int flags = Checks.range("participant flags", in.u8(), 0, 31);
            return new Participant(
                    number,
                    name,
                    (flags & 1) != 0,
                    (flags & 2) != 0,
                    (flags & 4) != 0,
                    (flags & 8) != 0,
                    (flags & 16) != 0);
        }
    }

    void encode(ByteWriter out) {
        out.u8(step.code()).bytes(id).u8(settings.isPresent() ? 1 : 0);
        settings.ifPresent(present -> present.encode(out));
        out.u8(components ? 1 : 0).text(fingerprint);
        Lists.encode(out, participants, Participant::encode);
    }

    static CeremonyStatus decode(ByteReader in) {
        CeremonyStep step = CeremonyStep.of(in.u8());
        byte[] id = in.bytes(ID);
        Optional<CeremonySettings> settings =
                Checks.flag(in.u8()) ? Optional.of(CeremonySettings.decode(in)) : Optional.empty();
        boolean components = Checks.flag(in.u8());
        return new CeremonyStatus(step, id, settings, components, in.text(), Lists.decode(in, Participant::decode));
    }
}
