/*
 * Test provider: what a test sees of it, and how it tells it to behave
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_TESTLSP_H
#define __WINELSP_TESTLSP_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"

/* The SPI functions, in the order of WSPPROC_TABLE, and WSPStartup. */
enum testlsp_function
{
    TESTLSP_ACCEPT,
    TESTLSP_ADDRESS_TO_STRING,
    TESTLSP_ASYNC_SELECT,
    TESTLSP_BIND,
    TESTLSP_CANCEL_BLOCKING_CALL,
    TESTLSP_CLEANUP,
    TESTLSP_CLOSE_SOCKET,
    TESTLSP_CONNECT,
    TESTLSP_DUPLICATE_SOCKET,
    TESTLSP_ENUM_NETWORK_EVENTS,
    TESTLSP_EVENT_SELECT,
    TESTLSP_GET_OVERLAPPED_RESULT,
    TESTLSP_GET_PEER_NAME,
    TESTLSP_GET_SOCK_NAME,
    TESTLSP_GET_SOCK_OPT,
    TESTLSP_GET_QOS_BY_NAME,
    TESTLSP_IOCTL,
    TESTLSP_JOIN_LEAF,
    TESTLSP_LISTEN,
    TESTLSP_RECV,
    TESTLSP_RECV_DISCONNECT,
    TESTLSP_RECV_FROM,
    TESTLSP_SELECT,
    TESTLSP_SEND,
    TESTLSP_SEND_DISCONNECT,
    TESTLSP_SEND_TO,
    TESTLSP_SET_SOCK_OPT,
    TESTLSP_SHUTDOWN,
    TESTLSP_SOCKET,
    TESTLSP_STRING_TO_ADDRESS,
    TESTLSP_STARTUP,
    TESTLSP_FUNCTION_COUNT
};

#define TESTLSP_MAX_EVENTS    1024
#define TESTLSP_MAX_ARGS      8
#define TESTLSP_MAX_INSTANCES 8

struct testlsp_event
{
    enum testlsp_function function;
    SOCKET socket;
    DWORD catalog_id;   /* the layer's own entry that the call was for; 0 where no entry is meant */
    DWORD thread_id;
};

/* One for each catalog entry that the provider was started or asked for a socket with. */
struct testlsp_instance
{
    LONG starts;                    /* how often WSPStartup was called with it */
    WORD version;                   /* that WSPStartup was asked for */
    WSAPROTOCOL_INFOW info;         /* the structure that came from above */
    DWORD catalog_id;               /* of the own entry, under which handles are registered */
    BOOL ifs;
    WSPUPCALLTABLE upcalls;
    WSAPROTOCOL_INFOW lower_info;   /* the structure that goes to the next layer */
    WSPPROC_TABLE lower;
    HMODULE lower_module;
};

enum testlsp_startup
{
    TESTLSP_STARTUP_SUCCEEDS,
    TESTLSP_STARTUP_FAILS,          /* with startup_value as the code */
    TESTLSP_STARTUP_CRASHES,
    TESTLSP_STARTUP_NULL_SLOT,      /* startup_value is the index of the function */
    TESTLSP_STARTUP_VERSION,        /* startup_value is the version that it says */
    TESTLSP_STARTUP_OPENS_SOCKET,   /* calls socket() for startup_value as the protocol */
};

/* What WSPGetSockOpt does with a handle that the layer has not seen. */
enum testlsp_claim
{
    TESTLSP_CLAIM_NOTHING,          /* it is no socket */
    TESTLSP_CLAIM_SOCKETS,          /* if the next layer takes it for a socket it becomes one of ours */
    TESTLSP_CLAIM_AND_REGISTER,     /* the same, and we tell ws2_32 */
};

/* Where the provider calls the test's probe. */
enum testlsp_context
{
    TESTLSP_IN_STARTUP,     /* WSPStartup, which holds the provider's lock */
    TESTLSP_IN_WORKER,      /* a thread of the provider's own, while WSPStartup waits for it without the lock */
    TESTLSP_IN_CALL,        /* WSPIoctl of TESTLSP_PROBE_IOCTL, which holds the lock */
    TESTLSP_IN_THREAD,      /* not called by the provider: a thread of the test that never called Winsock */
    TESTLSP_IN_CLEANUP,     /* the last WSPCleanup */
    TESTLSP_IN_DETACH,      /* DLL_PROCESS_DETACH while the process goes on: other threads run, the loader is locked */
    TESTLSP_IN_EXIT,        /* DLL_PROCESS_DETACH at the end of a process that did not clean up */
    TESTLSP_CONTEXT_COUNT
};

/* A function of the test. It gets the upcalls and the id of the chain entry that the provider was started with. */
typedef void (CDECL *TESTLSP_PROBE)( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id );

#define TESTLSP_PROBE_IOCTL _WSAIO( IOC_VENDOR, 0x1dd )

/* What the DLL tells memory that outlives it when it is unloaded. */
struct testlsp_detach
{
    LONG detached;
    LONG starts, cleanups;          /* calls of WSPStartup that succeeded and of WSPCleanup until then */
};

struct testlsp
{
    /* What happened. The test may zero all of it between two calls of its own. */
    LONG counts[TESTLSP_FUNCTION_COUNT];
    ULONG_PTR args[TESTLSP_FUNCTION_COUNT][TESTLSP_MAX_ARGS];   /* of the last call, see testlsp_calls.c */
    LONG event_count;               /* the first TESTLSP_MAX_EVENTS of them are kept */
    struct testlsp_event events[TESTLSP_MAX_EVENTS];
    LONG bad_contexts;              /* a look-up of an own open handle's context failed or gave another's */
    LONG pending;                   /* overlapped calls that are not completed yet */
    SOCKET last_lower;              /* of the last socket that was made */
    WSATHREADID last_thread;        /* a copy of what the last WSPRecv or WSPSend got; zeros if it got none */
    SOCKET opened_socket;           /* by TESTLSP_STARTUP_OPENS_SOCKET */
    int opened_error;

    LONG instance_count;
    struct testlsp_instance instances[TESTLSP_MAX_INSTANCES];

    /* How to behave. */
    enum testlsp_startup startup;
    int startup_value;
    BOOL cleanup_fails;             /* WSPCleanup returns SOCKET_ERROR after it has done its work */
    DWORD cleanup_delay;            /* WSPCleanup waits so many milliseconds before it does its work */
    BOOL garbage_error;             /* *lpErrno is left at TESTLSP_GARBAGE by what succeeds */
    LONG fail_count;                /* so many calls of fail_function fail with fail_error, and do nothing */
    enum testlsp_function fail_function;    /* TESTLSP_FUNCTION_COUNT means all of them */
    int fail_error;
    BOOL no_claim;                  /* SIO_BSP_HANDLE* are left to the layer below */
    enum testlsp_claim claim;       /* IFS: what becomes of a handle that the layer has not seen */
    BOOL keep_handle;               /* WSPCloseSocket leaves the non-IFS handle open */
    DWORD close_delay;              /* WSPCloseSocket returns so many milliseconds after the handle is closed */
    int close_error;                /* WSPCloseSocket fails with it, after close_delay, and closes nothing */
    BOOL partial;                   /* IFS: the functions below are the next layer's, but for a few */
    BOOL clean_up_late;             /* DllMain does what WSPCleanup was not called for; see below */
    struct testlsp_detach *detach;
    TESTLSP_PROBE probe;            /* called in every context; NULL for none */
};

#define TESTLSP_GARBAGE 0x5eed

/* The exit code of the process when an upcall fails in DllMain. */
#define TESTLSP_DETACH_FAILED 0x1dd

/* Exported as "testlsp_get": what above belongs to this copy of the DLL. Several layers that are tested over each
 * other are copies of the file under several names. */
typedef struct testlsp *(CDECL *TESTLSP_GET)(void);

#endif /* __WINELSP_TESTLSP_H */
