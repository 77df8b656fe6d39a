package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyvault.module.sdf.TestDevice;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What crosses the vault's memory beside a device is gone when the vault is closed. */
@Timeout(180)
class DeviceHeapTest {
    private static final String PASSWORD = "83920174";

    @TempDir
    Path folder;

    @Test
    void a_master_brought_in_its_derived_keys_and_the_devices_password_are_not_on_the_heap_of_a_closed_vault()
            throws Exception {
        TestDevice.library();
        // Not the password of the other tests: that one is half of SM2's identity.
        Path library = TestDevice.build("libheap.so", "-DPIN=\"" + PASSWORD + "\"");
        Path pin = Files.writeString(folder.resolve("pin"), PASSWORD + "\n");
        byte[] heap = KeyHeapTest.liveHeap(folder, DeviceHeapMain.class, library.toString(), pin.toString());
        List<KeyHeapTest.Pattern> patterns =
                new ArrayList<>(KeyHeapTest.shapes("password", "text", PASSWORD.getBytes(StandardCharsets.US_ASCII)));
        for (String line : Files.readAllLines(folder.resolve("secrets"))) {
            String[] words = line.split(" ");
            patterns.addAll(KeyHeapTest.shapes(words[0], words[1], Hex.parse(words[3])));
        }
        Set<String> found = KeyHeapTest.search(heap, patterns);

        assertTrue(found.contains("planted sm4 as it is"), found.toString());
        assertTrue(patterns.size() >= 17, "four keys in four shapes each, and the password");
        assertEquals(
                Set.of(),
                found.stream().filter(each -> !each.startsWith("planted ")).collect(Collectors.toSet()));
    }
}
