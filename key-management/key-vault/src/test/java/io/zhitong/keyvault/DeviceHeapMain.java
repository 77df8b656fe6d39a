package io.zhitong.keyvault;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** The life of a vault whose masters lie in a device: one is brought in, used down to a card, and everything is closed. */
final class DeviceHeapMain {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final KeyRef MASTER = KeyRef.of(KeyUsage.DPK, 9);

    private static byte[] planted = {};

    private DeviceHeapMain() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (PrintStream secrets = new PrintStream(folder.resolve("secrets").toFile(), StandardCharsets.US_ASCII)) {
            planted = RandomSource.secure().bytes(16);
            secrets.println("planted sm4 sm4 " + Hex.of(planted));
            live(folder.resolve("vault"), Path.of(arguments[1]), Path.of(arguments[2]), secrets);
        }
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(folder.resolve("heap.hprof").toString(), true);
        System.out.println(planted.length);
    }

    private static void live(Path folder, Path library, Path pin, PrintStream secrets) throws IOException {
        Files.createDirectories(folder);
        new ModuleChoice(library, pin, 1, 1).write(folder);
        byte[] master = RandomSource.secure().bytes(16);
        for (List<byte[]> path : List.<List<byte[]>>of(List.of(), List.of(CITY), List.of(CITY, CARD))) {
            SecretBytes root = SecretBytes.copyOf(master);
            byte[] key = CardSide.of(root, path).key();
            root.close();
            secrets.println("level-" + path.size() + " sm4 sm4 " + Hex.of(key));
            Arrays.fill(key, (byte) 0);
        }
        use(folder, SecretBytes.takeOver(master));
    }

    private static void use(Path folder, SecretBytes master) {
        try (OpenVault vault = OpenVault.make(folder)) {
            var orders = new MasterOrders(vault.vault().masters(), RandomSource.secure(), Clock.systemUTC());
            orders.importKey(new byte[8], MASTER, false, master);
            orders.execute(CITY, new KeyOrder.ChangeKeyState(MASTER, KeyState.ACTIVE));
            KeyService keys = vault.service();
            KeyRef control = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, CITY, CARD);
            KeyRef card = KeyRef.of(KeyUsage.DPK, 9, CITY, CARD);
            byte[] head = {(byte) KeyUsage.DPK.cardType(), 0, 0, 1, 4};
            keys.wrap(List.of(new WrapRequest(control, new byte[16], Hex.parse("84d40100"), head, card, new byte[0])));
        }
    }
}
