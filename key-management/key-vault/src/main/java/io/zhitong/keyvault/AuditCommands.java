package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.io.IOException;

/** How commands about evidence end (退出码): what was checked and is wrong ends with 1, what cannot be reached with 3. */
final class AuditCommands {
    /** A command's work. */
    interface Work {
        int run() throws IOException;
    }

    private AuditCommands() {}

    static int run(Work work) throws IOException {
        try {
            return work.run();
        } catch (VaultException e) {
            ExitStatus status = e.fault() == VaultFault.AUDIT_BROKEN ? ExitStatus.CHECK_FAILED : ExitStatus.ENVIRONMENT;
            throw new CommandFailure(status, e.getMessage(), e);
        } catch (KeyServiceException e) {
            ExitStatus status = e.reason() == KeyRefusal.UNAVAILABLE ? ExitStatus.ENVIRONMENT : ExitStatus.CHECK_FAILED;
            throw new CommandFailure(status, String.valueOf(e.getMessage()), e);
        }
    }
}
