package io.convoke.node;

import picocli.CommandLine.Command;

/** {@code convoke xmpp …}: what a shell has to say about XMPP. */
@Command(
        name = "xmpp",
        description = "Looks after XMPP.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {XmppCallbridgeCommand.class, XmppCheckCommand.class})
final class XmppCommand {}
