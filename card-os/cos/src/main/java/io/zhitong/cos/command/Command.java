package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.state.CardContext;

/** One command of the card (卡命令). Without state of its own. */
public interface Command {
    /** Instruction byte. */
    int ins();

    /** Whether the command exists under that class byte; otherwise the card answers 6E00. */
    boolean accepts(int cla);

    /** The worst state of the current application in which the command still works. */
    default ApplicationState worksUpTo() {
        return ApplicationState.OPEN;
    }

    /**
     * Does the command. What it wrote is committed when it returns and rolled back when it throws.
     *
     * @return answer data, empty if there are none
     * @throws io.zhitong.cos.file.CommandRefused with the status word
     */
    byte[] run(CommandApdu apdu, CardContext card);
}
