# The traffic of a program in a trace of tracelsp: awk -v program=NAME -v port=PORT -v form=FORM -f traffic.awk TRACE
#
# Prints the number of its connections to the port (0: to any), the numbers of bytes that it received and sent, and the
# number of its calls. A line is: TIME PROGRAM/PROCESS tid=THREAD s=SOCKET CALL [ARGUMENTS] -> RESULT
# An IFS layer does not see overlapped calls complete. What they receive is missing here; they send all that is asked.

index($2, program "/") == 1 {
    result = $0
    sub(/.* -> /, "", result)
    calls++
    if ($5 ~ /Connect/ && index($6 " ", "127.0.0.1:" (port ? port " " : ""))) connections++
    if (result ~ /^[0-9]+ bytes/) {
        if ($5 ~ /Recv/) received += result
        if ($5 ~ /Send/) sent += result
    }
    if (form == "ifs" && result == "WSA_IO_PENDING" && $5 ~ /Send/) sent += $6
}
END { print connections + 0, received + 0, sent + 0, calls + 0 }
