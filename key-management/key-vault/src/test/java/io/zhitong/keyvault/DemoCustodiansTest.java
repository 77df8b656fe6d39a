package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCustodiansTest {
    @TempDir
    private Path folder;

    private static boolean takes(CustodianEntry custodian, String digits) {
        try (SecretBytes pin = SecretBytes.copyOf(digits.getBytes(StandardCharsets.US_ASCII))) {
            return custodian.pin().fits(pin);
        }
    }

    @Test
    void each_line_beside_the_store_has_the_pin_of_its_custodian() throws IOException {
        Path file = folder.resolve("custodians.txt");
        List<CustodianEntry> made = DemoCustodians.make(file, new PinCost(8, 1), RandomSource.secure());
        List<String> lines = Files.readAllLines(file);
        assertEquals(4, made.size());
        assertEquals(4, lines.size());
        for (int i = 0; i < 4; i++) {
            String[] words = lines.get(i).split(" ");
            assertEquals(made.get(i).number(), Integer.parseInt(words[0]));
            assertEquals(made.get(i).name(), words[2]);
            assertTrue(takes(made.get(i), words[1]), lines.get(i));
            String last = words[1].endsWith("0") ? "1" : "0";
            assertFalse(takes(made.get(i), words[1].substring(0, 5) + last), lines.get(i));
        }
    }
}
