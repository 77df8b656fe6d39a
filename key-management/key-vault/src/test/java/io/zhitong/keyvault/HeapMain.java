package io.zhitong.keyvault;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A vault's whole life in one process: ceremony, every question, sealed, opened, closed. What was secret in it is written to
 * a file, the live heap to another. Things of the same kinds that are still alive are planted.
 */
final class HeapMain {
    private static final CeremonySettings TWO_OF_THREE = new CeremonySettings("heap", 2, 3, false, true);

    private static byte[] plantedBytes = {};
    private static SM4Engine plantedSm4 = new SM4Engine();
    private static SM4Engine plantedSm4Back = new SM4Engine();
    private static DESEngine plantedDes = new DESEngine();
    private static BigInteger plantedScalar = BigInteger.ZERO;
    private static int[] plantedWords = {};
    private static String plantedText = "";

    private final Path folder;
    private final PrintStream secrets;

    private HeapMain(Path folder, PrintStream secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (PrintStream secrets = new PrintStream(folder.resolve("secrets").toFile(), StandardCharsets.US_ASCII)) {
            plant(secrets);
            new HeapMain(folder.resolve("vault"), secrets).live();
        }
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(folder.resolve("heap.hprof").toString(), true);
        System.out.println(plantedBytes.length + plantedWords.length + plantedText.length() + plantedScalar.signum()
                + " " + plantedSm4 + plantedSm4Back + plantedDes);
    }

    private static void plant(PrintStream secrets) {
        RandomSource random = RandomSource.secure();
        plantedBytes = planted(secrets, "bytes", random.bytes(32));
        byte[] sm4 = planted(secrets, "sm4", random.bytes(16));
        plantedSm4.init(true, new KeyParameter(sm4));
        plantedSm4Back.init(false, new KeyParameter(sm4));
        plantedDes.init(true, new KeyParameter(planted(secrets, "des", random.bytes(8))));
        byte[] scalar = random.bytes(32);
        scalar[0] = 0x51;
        plantedScalar = new BigInteger(1, planted(secrets, "scalar", scalar));
        plantedWords = new int[8];
        for (int i = 0; i < 8; i++) {
            plantedWords[7 - i] = ByteBuffer.wrap(scalar).getInt(4 * i);
        }
        plantedText = digits(random);
        planted(secrets, "text", plantedText.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] planted(PrintStream secrets, String kind, byte[] secret) {
        secrets.println("planted " + kind + " " + kind + " " + Hex.of(secret));
        return secret;
    }

    private static String digits(RandomSource random) {
        StringBuilder digits = new StringBuilder();
        for (byte each : random.bytes(12)) {
            digits.append((each & 0xFF) % 10);
        }
        return digits.toString();
    }

    private void secret(String kind, String name, byte[] secret) {
        secrets.println(name.replace(' ', '-') + " " + kind + " " + kind + " " + Hex.of(secret));
        Arrays.fill(secret, (byte) 0);
    }

    /** Everything it holds is out of reach when this returns. */
    private void live() throws IOException {
        List<SecretBytes> shares = new ArrayList<>();
        VaultProcess.Settings settings = new VaultProcess.Settings(folder, 0, false, List.of(), false);
        try (VaultProcess process = VaultProcess.start(settings, Clock.systemUTC(), RandomSource.secure());
                KeyAdministration people = ServedVault.connect(folder)) {
            hold(people.ceremonies(), shares);
            ask(process);
            write(process.vault());
            people.door().seal();
            for (SecretBytes share : shares.subList(0, 2)) {
                people.door().giveShare(share);
            }
            ask(process);
            people.door().seal();
            people.door().giveShare(shares.get(2));
        }
        shares.forEach(SecretBytes::close);
    }

    private void hold(Ceremonies ceremony, List<SecretBytes> shares) {
        byte[] id = ceremony.start(TWO_OF_THREE).id();
        byte[] salt = new byte[CeremonyCommitment.SALT];
        List<SecretBytes> pins = new ArrayList<>();
        List<SecretBytes> components = new ArrayList<>();
        for (int x = 1; x <= 3; x++) {
            pins.add(typed("pin-" + x, digits(RandomSource.secure())));
            components.add(typed(
                    "component-" + x,
                    digits(RandomSource.secure()) + digits(RandomSource.secure()) + digits(RandomSource.secure())));
            ceremony.join("custodian" + x, pins.get(x - 1));
        }
        for (int x = 1; x <= 3; x++) {
            SecretBytes component = components.get(x - 1);
            ceremony.commit(x, pins.get(x - 1), salt, CeremonyCommitment.of(id, x, salt, component));
        }
        for (int x = 1; x <= 3; x++) {
            ceremony.reveal(x, pins.get(x - 1), components.get(x - 1));
        }
        for (int x = 1; x <= 3; x++) {
            try (DealtShare dealt = ceremony.deal(x, pins.get(x - 1))) {
                shares.add(SecretBytes.takeOver(dealt.share().export(SecretAccess.TOKEN)));
            }
        }
        for (int x = 1; x <= 3; x++) {
            ceremony.confirm(x, pins.get(x - 1), shares.get(x - 1));
            try (Share share =
                    Share.parse(new String(shares.get(x - 1).export(SecretAccess.TOKEN), StandardCharsets.US_ASCII))) {
                secret("bytes", "share-" + x, share.value().export(SecretAccess.TOKEN));
            }
        }
        ceremony.close(1, pins.get(0));
        pins.forEach(SecretBytes::close);
        components.forEach(SecretBytes::close);
    }

    private SecretBytes typed(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        secret("text", name, bytes.clone());
        return SecretBytes.takeOver(bytes);
    }

    private void ask(VaultProcess process) throws IOException {
        X509Certificate authority =
                Pem.certificates(Files.readString(folder.resolve("ca.pem"))).get(0);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
        String token = process.vault().newToken();
        MachineIdentity backend = VaultClients.enrolBackend(address, authority, token, "backend-1");
        try (RemoteKeyService keys = VaultClients.connect(address, authority, backend)) {
            KeyLeakTest.askForEverything(keys);
        }
    }

    private void write(Vault vault) {
        vault.masters().use(open -> {
            for (StoredMaster master : open.content().masters()) {
                write(master);
            }
            open.content().signers().forEach((key, scalar) -> secret("scalar", "signer " + key, copy(scalar)));
            open.content().notes().forEach((name, note) -> secret("bytes", "note " + name, note.clone()));
            return open;
        });
        vault.content().signers().forEach((key, scalar) -> secret("scalar", "signer " + key, copy(scalar)));
        vault.content()
                .authorities()
                .forEach(each -> secret("scalar", "authority " + each.profile(), KeyLeakTest.scalar(each.key())));
    }

    private void write(StoredMaster master) {
        KeyUsage usage = master.usage();
        secret("sm4", "master " + usage, copy(master.key()));
        KeyRef ref = KeyLeakTest.ref(usage);
        for (int level = 1; level <= ref.factors().size(); level++) {
            boolean des = usage.tripleDes() && level == ref.factors().size();
            byte[] key =
                    CardSide.of(master.key(), ref.factors().subList(0, level)).key();
            if (!des) {
                secret("sm4", usage + " at level " + level, key.clone());
            }
            Arrays.fill(key, (byte) 0);
        }
        if (usage.tripleDes()) {
            List<byte[]> above = ref.factors().subList(0, ref.factors().size() - 1);
            byte[] key = above.isEmpty()
                    ? copy(master.key())
                    : CardSide.of(master.key(), above).key().clone();
            byte[] card = io.zhitong.keyvault.module.CardDes.down(
                    key, ref.factors().get(ref.factors().size() - 1));
            secret("des", usage + " of the card left", Arrays.copyOf(card, 8));
            secret("des", usage + " of the card right", Arrays.copyOfRange(card, 8, 16));
            Arrays.fill(key, (byte) 0);
            Arrays.fill(card, (byte) 0);
        }
    }

    private static byte[] copy(SecretBytes secret) {
        return secret.export(SecretAccess.TOKEN);
    }
}
