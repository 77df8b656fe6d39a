package io.zhitong.edge;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.NextIdentity;
import io.zhitong.machinetls.PrivateFiles;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What enrolment left on the device (注册结果): identity in {@code device.key} and {@code device.pem}, the rest in
 * {@code device.properties}, all of mode 0600 and written before the token counts as spent.
 */
record Enrolled(
        DeviceAddress address,
        MachineIdentity identity,
        Sm2PublicKey policyKey,
        Sm2PublicKey commandKey,
        Optional<Sm2PublicKey> auditKey) {

    private static final String NAME = "device";
    private static final String FACTS = "device.properties";

    /** What an earlier start stored; nothing if this device is new. */
    static Optional<Enrolled> load(MachineProfile profile, Path folder) {
        Path facts = folder.resolve(FACTS);
        if (!MachineIdentity.stored(folder, NAME) || !Files.isRegularFile(facts)) {
            return Optional.empty();
        }
        try {
            Properties stored = new Properties();
            stored.load(new StringReader(Files.readString(facts)));
            return Optional.of(new Enrolled(
                    DeviceAddress.of(
                            Integer.parseInt(stored.getProperty("community", "")),
                            Long.parseLong(stored.getProperty("device", ""))),
                    MachineIdentity.load(profile, folder, NAME),
                    Sm2PublicKey.decode(Hex.parse(stored.getProperty("policy-key", ""))),
                    Sm2PublicKey.decode(Hex.parse(stored.getProperty("command-key", ""))),
                    Optional.ofNullable(stored.getProperty("audit-key"))
                            .map(key -> Sm2PublicKey.decode(Hex.parse(key)))));
        } catch (IOException | IllegalArgumentException | MalformedInput | MachineTlsException e) {
            throw new EdgeException(
                    EdgeFault.NOT_ENROLLED, "the files in " + folder + " are damaged: remove them and enrol anew", e);
        }
    }

    /** Where the identity lies and its successor will. */
    static NextIdentity next(MachineProfile profile, Path folder) {
        return new NextIdentity(profile, folder, NAME);
    }

    /** The identity last: until it is there the same key asks again, and the backend answers it again. */
    void store(Path folder) {
        storeFacts(folder);
        next(identity.profile(), folder).accept(identity.chain());
    }

    private void storeFacts(Path folder) {
        Properties facts = new Properties();
        facts.setProperty("community", Integer.toString(address.community().value()));
        facts.setProperty("device", Long.toString(address.device().value()));
        facts.setProperty("policy-key", Hex.of(policyKey.xy()));
        facts.setProperty("command-key", Hex.of(commandKey.xy()));
        auditKey.ifPresent(key -> facts.setProperty("audit-key", Hex.of(key.xy())));
        StringWriter text = new StringWriter();
        try {
            facts.store(text, "enrolment of this device");
            PrivateFiles.write(folder.resolve(FACTS), text.toString());
        } catch (IOException | MachineTlsException e) {
            throw new EdgeException(EdgeFault.IO, "cannot store the enrolment in " + folder, e);
        }
    }
}
