/*
 * Tests of remote procedure calls over TCP through the sample layer
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

#include "util_tracelsp.h"
#include "rpcdcep.h"

#define REQUEST_SIZE 200000    /* many fragments */

/* The one procedure of the interface: returns every byte inverted. */
static void __RPC_STUB invert( RPC_MESSAGE *msg )
{
    unsigned char *request = msg->Buffer, *reply;
    unsigned int i;

    if (I_RpcGetBuffer( msg )) return;
    reply = msg->Buffer;
    for (i = 0; i < msg->BufferLength; i++) reply[i] = ~request[i];
}

static RPC_DISPATCH_FUNCTION procedures[] = { invert, NULL };
static RPC_DISPATCH_TABLE dispatch_table = { 1, procedures, 0 };

#define INTERFACE_ID { {0x6c2a1b90,0x4a57,0x4f8e,{0x9a,0x31,0x5d,0x7e,0x20,0xc4,0x88,0x13}}, {1, 0} }
#define NDR_SYNTAX   { {0x8a885d04,0x1ceb,0x11c9,{0x9f,0xe8,0x08,0x00,0x2b,0x10,0x48,0x60}}, {2, 0} }

static RPC_SERVER_INTERFACE server_interface =
    { sizeof(server_interface), INTERFACE_ID, NDR_SYNTAX, &dispatch_table, 0, NULL, NULL, NULL, 0 };
static RPC_CLIENT_INTERFACE client_interface =
    { sizeof(client_interface), INTERFACE_ID, NDR_SYNTAX, NULL, 0, NULL, 0, NULL, 0 };

/* Listens on a free port, whose number it stores as text. */
static void start_server( char *endpoint, unsigned int size )
{
    RPC_BINDING_VECTOR *bindings = NULL;
    unsigned char *text, *port;
    RPC_STATUS status;

    status = RpcServerUseProtseqA( (unsigned char *)"ncacn_ip_tcp", 20, NULL );
    ok( !status, "RpcServerUseProtseq returned %lu.\n", status );
    status = RpcServerRegisterIf( &server_interface, NULL, NULL );
    ok( !status, "RpcServerRegisterIf returned %lu.\n", status );
    status = RpcServerListen( 1, 20, TRUE );
    ok( !status, "RpcServerListen returned %lu.\n", status );
    status = RpcServerInqBindings( &bindings );
    ok( !status && bindings->Count == 1, "RpcServerInqBindings returned %lu.\n", status );
    RpcBindingToStringBindingA( bindings->BindingH[0], &text );
    RpcStringBindingParseA( text, NULL, NULL, NULL, &port, NULL );
    snprintf( endpoint, size, "%s", (char *)port );
    RpcStringFreeA( &port );
    RpcStringFreeA( &text );
    RpcBindingVectorFree( &bindings );
}

static void stop_server(void)
{
    RPC_STATUS status;

    status = RpcMgmtStopServerListening( NULL );
    ok( !status, "RpcMgmtStopServerListening returned %lu.\n", status );
    status = RpcMgmtWaitServerListen();
    ok( !status, "RpcMgmtWaitServerListen returned %lu.\n", status );
    status = RpcServerUnregisterIf( &server_interface, NULL, FALSE );
    ok( !status, "RpcServerUnregisterIf returned %lu.\n", status );
}

static RPC_BINDING_HANDLE make_binding( const char *endpoint )
{
    RPC_BINDING_HANDLE binding = NULL;
    unsigned char *text;
    RPC_STATUS status;

    RpcStringBindingComposeA( NULL, (unsigned char *)"ncacn_ip_tcp", (unsigned char *)"127.0.0.1",
                              (unsigned char *)endpoint, NULL, &text );
    status = RpcBindingFromStringBindingA( text, &binding );
    ok( !status, "RpcBindingFromStringBinding returned %lu.\n", status );
    RpcStringFreeA( &text );
    return binding;
}

static void check_call( RPC_BINDING_HANDLE binding )
{
    RPC_MESSAGE msg = { .Handle = binding, .DataRepresentation = 0x10 /* NDR: little-endian, ASCII, IEEE */,
                        .BufferLength = REQUEST_SIZE, .RpcInterfaceInformation = &client_interface };
    unsigned char *data;
    RPC_STATUS status;
    unsigned int i;

    status = I_RpcGetBuffer( &msg );
    ok( !status, "I_RpcGetBuffer returned %lu.\n", status );
    if (status) return;
    data = msg.Buffer;
    for (i = 0; i < REQUEST_SIZE; i++) data[i] = i * 7 + i / 251;
    status = I_RpcSendReceive( &msg );
    ok( !status, "I_RpcSendReceive returned %lu.\n", status );
    if (status) return;
    ok( msg.BufferLength == REQUEST_SIZE, "Got %u bytes.\n", msg.BufferLength );
    data = msg.Buffer;
    for (i = 0; i < msg.BufferLength; i++) if (data[i] != (unsigned char)~(i * 7 + i / 251)) break;
    ok( i == REQUEST_SIZE, "Byte %u is wrong.\n", i );
    I_RpcFreeBuffer( &msg );
}

/* The layer saw the connection, and on both its ends every byte of the calls. */
static void check_trace( const char *endpoint, unsigned int calls )
{
    char connect[64], *lines = read_trace();
    DWORD sent = sum_bytes( lines, "WSPSend " ), received = sum_bytes( lines, "WSPRecv " );

    snprintf( connect, sizeof(connect), "WSPConnect 127.0.0.1:%s ", endpoint );
    expect_line( lines, connect, "-> " );
    expect_line( lines, "WSPAccept ", "-> s=" );
    ok( sent > calls * 2 * REQUEST_SIZE, "The layer saw %lu bytes sent.\n", sent );
    ok( received == sent, "The layer saw %lu bytes sent and %lu received.\n", sent, received );
    free( lines );
}

static void check_rpc( const WCHAR *kind )
{
    RPC_BINDING_HANDLE binding;
    RPC_STATUS status;
    char endpoint[16];

    start_server( endpoint, sizeof(endpoint) );
    binding = make_binding( endpoint );
    check_call( binding );
    check_call( binding );    /* on the same connection */
    /* Wine's server waits for the connections that there are, for ever (8.0). */
    status = RpcBindingFree( &binding );
    ok( !status, "RpcBindingFree returned %lu.\n", status );
    stop_server();
    if (kind) check_trace( endpoint, 2 );
}

START_TEST(stack_rpc)
{
    run_kinds( "stack_rpc", check_rpc );
}
