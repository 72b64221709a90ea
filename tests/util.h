/*
 * What the test units share: cases, the catalog, layers, sockets
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

#ifndef __WINELSP_TESTS_UTIL_H
#define __WINELSP_TESTS_UTIL_H

#include <stdarg.h>
#include <stdio.h>
#include "winsock2.h"
#include "ws2tcpip.h"
#include "mswsock.h"
#include "ws2spi.h"
#include "sporder.h"
#include "mswsockdef.h"
#include "rpc.h"
#include "testlsp.h"
#include "wine/test.h"

/* Wine 8.0's headers lack it. */
int WINAPI WSASendMsg( SOCKET s, WSAMSG *msg, DWORD flags, DWORD *sent, WSAOVERLAPPED *overlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE completion );

/* --- cases --- */

/* A process selects providers from the catalog as it was at its first WSAStartup, and loads each once. So that one
 * case does not see the layers of another, each runs in a child of its own. */
struct test_case
{
    const char *name;
    void (*func)(void);
};

/* For a unit's START_TEST. In the parent: runs each case in a child process, gives it 60 s, puts the catalog back
 * to what it was, and adds the child's failures. In a child: runs the case. */
extern void run_cases( const char *unit, const struct test_case *cases, unsigned int count );

/* Runs this program with the unit and one or two more arguments; NULL if that fails. Handles that can be inherited
 * are. The caller closes the process handle. */
extern HANDLE run_child( const char *unit, const char *arg, const char *arg2 );

/* Waits for a child for at most a time in milliseconds, ends it if it is not done, and closes the handle. Adds its
 * failures to those of this process. */
extern void wait_child( HANDLE process, DWORD timeout );

/* Leaves a mark in what the wineserver is asked, by an attempt to open an event. tests/server-calls.sh runs the cases
 * that are called "marked", and counts between the marks. */
extern void mark( const char *name );

/* How many of the first values that a handle can have are handles of this process: Wine's GetProcessHandleCount() does
 * not count (8.0). Each costs a round trip to wineserver, which gives out the lowest free value. */
extern unsigned int count_handles( unsigned int values );

/* --- the catalog --- */

/* All entries, in order, in memory that the caller frees; never NULL. */
extern WSAPROTOCOL_INFOW *get_catalog( unsigned int *count );

/* The entry with an id in the catalog as it is now; FALSE if there is none. */
extern BOOL get_entry( DWORD id, WSAPROTOCOL_INFOW *entry );

/* The base entry of a family and socket type; it is an error if there is none. */
extern WSAPROTOCOL_INFOW get_base_entry( int af, int type );

/* Puts entries first in the order of the catalog. */
extern void move_to_front( const DWORD *ids, unsigned int count );

/* --- layers --- */

/* With this begin the names of all entries of test layers. */
#define TEST_LAYER_NAME L"winelsp test"

#define LAYER_IFS      1    /* the layer hands the kernel's handles on */
#define LAYER_ONE_GUID 2    /* all chain entries under one provider */
#define LAYER_NO_UDP   4    /* over TCP only */
#define LAYER_CHAINS   8    /* by WSCInstallProviderAndChains */

/* A layered provider in the catalog: over TCP and UDP of IPv4, and over whatever layer is there already. */
struct test_layer
{
    WCHAR path[MAX_PATH];
    GUID guid;
    DWORD id;               /* of the layer's own entry */
    DWORD tcp_id, udp_id;   /* of its chain entries */
    struct testlsp *control;
};

/* Fills the path of a file beside the test program. */
extern void get_test_path( const WCHAR *name, WCHAR *path );

/* A copy of testlsp.dll under another name in the folder for temporary files. It is made anew, and stays. */
extern void copy_test_layer( const WCHAR *name, WCHAR *path );

/* Installs a layer, to be called before WSAStartup. With a NULL path it is testlsp.dll. */
extern void install_layer( struct test_layer *layer, const WCHAR *path, unsigned int flags );

/* Removes all test layers. */
extern void uninstall_layers(void);

/* Loads the DLL of a layer, which is a testlsp, and stores what controls it. The DLL stays loaded until
 * unload_layer(). */
extern void load_layer( struct test_layer *layer );
extern void unload_layer( struct test_layer *layer );

/* How often a function of a layer was called since this was last asked for it; its arguments stay. */
extern LONG take_count( struct test_layer *layer, enum testlsp_function function );

/* The calls since the last clear_counts(), WSPIoctl for SIO_BSP_HANDLE* included; and the sum of all. */
extern void clear_counts( struct test_layer *layer );
extern LONG sum_counts( const struct test_layer *layer );

/* One function of the layer was called, once, and nothing else of it, since the last clear_counts(). Clears. */
#define expect_call( layer, function ) expect_call_( __FILE__, __LINE__, layer, function )
extern void expect_call_( const char *file, int line, struct test_layer *layer, enum testlsp_function function );

/* The first arguments of the last call of a function; see testlsp_calls.c for which ones it remembers. */
#define expect_args( layer, function, ... ) \
    do \
    { \
        const ULONG_PTR expected[] = { __VA_ARGS__ }; \
        expect_args_( __FILE__, __LINE__, layer, function, expected, ARRAY_SIZE(expected) ); \
    } while (0)
extern void expect_args_( const char *file, int line, const struct test_layer *layer, enum testlsp_function function,
                          const ULONG_PTR *expected, unsigned int count );

/* --- sockets --- */

/* WSAStartup(2.2), which has to succeed. */
extern void start_winsock(void);

extern struct sockaddr_in loopback_addr( unsigned short port );

/* A socket of SOCK_STREAM or SOCK_DGRAM that is bound to a free port of the loopback address. */
extern SOCKET bound_socket( int type, struct sockaddr_in *addr );

/* Two connected sockets. The listening socket is closed. */
extern void tcp_pair( SOCKET *client, SOCKET *server );

/* Sends and receives a small text through a pair of sockets, in both directions. */
#define check_echo( a, b ) check_echo_( __FILE__, __LINE__, a, b )
extern void check_echo_( const char *file, int line, SOCKET a, SOCKET b );

/* Calls every function that takes a socket with one; each has to fail with the same code. The second leaves out
 * those that no provider implements. */
#define check_all_fail( s, code )       check_all_fail_( __FILE__, __LINE__, s, code )
#define check_provider_fails( s, code ) check_provider_fails_( __FILE__, __LINE__, s, code )
extern void check_all_fail_( const char *file, int line, SOCKET s, int code );
extern void check_provider_fails_( const char *file, int line, SOCKET s, int code );

#endif /* __WINELSP_TESTS_UTIL_H */
