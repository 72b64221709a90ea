/*
 * What else mswsock exports: Winsock 1.1 name spaces, BSD functions, services
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


#include "mswsock_private.h"

/* None of this does anything on Wine, where a call ends the process. Here it fails. nspapi.h is not included: the
 * one of Wine 8.0 declares GetServiceW() wrongly. */

static int not_implemented(void)
{
    SetLastError( ERROR_CALL_NOT_IMPLEMENTED );
    return SOCKET_ERROR;
}

static int not_supported(void)
{
    SetLastError( WSAEOPNOTSUPP );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      GetAddressByNameA   (mswsock.5)
 */
INT WINAPI GetAddressByNameA( DWORD name_space, GUID *type, char *name, int *protocols, DWORD resolution,
                              void *async, void *buffer, DWORD *size, char *aliases, DWORD *aliases_size )
{
    FIXME( "name_space %lu, type %s, name %s, protocols %p, resolution %#lx, async %p, buffer %p, size %p, "
           "aliases %p, aliases_size %p, stub!\n", name_space, debugstr_guid( type ), debugstr_a( name ), protocols,
           resolution, async, buffer, size, aliases, aliases_size );
    return not_implemented();
}

/***********************************************************************
 *      GetAddressByNameW   (mswsock.6)
 */
INT WINAPI GetAddressByNameW( DWORD name_space, GUID *type, WCHAR *name, int *protocols, DWORD resolution,
                              void *async, void *buffer, DWORD *size, WCHAR *aliases,
                              DWORD *aliases_size )
{
    FIXME( "name_space %lu, type %s, name %s, protocols %p, resolution %#lx, async %p, buffer %p, size %p, "
           "aliases %p, aliases_size %p, stub!\n", name_space, debugstr_guid( type ), debugstr_w( name ), protocols,
           resolution, async, buffer, size, aliases, aliases_size );
    return not_implemented();
}

/***********************************************************************
 *      GetNameByTypeA   (mswsock.7)
 */
INT WINAPI GetNameByTypeA( GUID *type, char *name, DWORD len )
{
    FIXME( "type %s, name %p, len %lu, stub!\n", debugstr_guid( type ), name, len );
    return not_implemented();
}

/***********************************************************************
 *      GetNameByTypeW   (mswsock.8)
 */
INT WINAPI GetNameByTypeW( GUID *type, WCHAR *name, DWORD len )
{
    FIXME( "type %s, name %p, len %lu, stub!\n", debugstr_guid( type ), name, len );
    return not_implemented();
}

/***********************************************************************
 *      GetServiceA   (mswsock.9)
 */
INT WINAPI GetServiceA( DWORD name_space, GUID *type, char *name, DWORD properties, void *buffer, DWORD *size,
                        void *async )
{
    FIXME( "name_space %lu, type %s, name %s, properties %#lx, buffer %p, size %p, async %p, stub!\n",
           name_space, debugstr_guid( type ), debugstr_a( name ), properties, buffer, size, async );
    return not_implemented();
}

/***********************************************************************
 *      GetServiceW   (mswsock.10)
 */
INT WINAPI GetServiceW( DWORD name_space, GUID *type, WCHAR *name, DWORD properties, void *buffer, DWORD *size,
                        void *async )
{
    FIXME( "name_space %lu, type %s, name %s, properties %#lx, buffer %p, size %p, async %p, stub!\n",
           name_space, debugstr_guid( type ), debugstr_w( name ), properties, buffer, size, async );
    return not_implemented();
}

/***********************************************************************
 *      GetTypeByNameA   (mswsock.11)
 */
INT WINAPI GetTypeByNameA( char *name, GUID *type )
{
    FIXME( "name %s, type %p, stub!\n", debugstr_a( name ), type );
    return not_implemented();
}

/***********************************************************************
 *      GetTypeByNameW   (mswsock.12)
 */
INT WINAPI GetTypeByNameW( WCHAR *name, GUID *type )
{
    FIXME( "name %s, type %p, stub!\n", debugstr_w( name ), type );
    return not_implemented();
}

/***********************************************************************
 *      MigrateWinsockConfiguration   (mswsock.13)
 */
DWORD WINAPI MigrateWinsockConfiguration( DWORD unknown1, DWORD unknown2, DWORD unknown3 )
{
    FIXME( "%#lx, %#lx, %#lx, stub!\n", unknown1, unknown2, unknown3 );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      NPLoadNameSpaces   (mswsock.14)
 */
INT WINAPI NPLoadNameSpaces( DWORD *version, void *routines, DWORD *size )
{
    FIXME( "version %p, routines %p, size %p, stub!\n", version, routines, size );
    return not_implemented();
}

/***********************************************************************
 *      NSPStartup   (mswsock.15)
 *
 * Name resolution is done by Wine's own Winsock, which has no name-space providers (§12.2).
 */
INT WINAPI NSPStartup( GUID *provider, void *routines )
{
    FIXME( "provider %s, routines %p, stub!\n", debugstr_guid( provider ), routines );
    return not_supported();
}

/***********************************************************************
 *      ServiceMain   (mswsock.16)
 */
void WINAPI ServiceMain( DWORD argc, WCHAR **argv )
{
    FIXME( "argc %lu, argv %p, stub!\n", argc, argv );
}

/***********************************************************************
 *      SetServiceA   (mswsock.17)
 */
INT WINAPI SetServiceA( DWORD name_space, DWORD operation, DWORD flags, void *info,
                        void *async, DWORD *status )
{
    FIXME( "name_space %lu, operation %lu, flags %#lx, info %p, async %p, status %p, stub!\n",
           name_space, operation, flags, info, async, status );
    return not_implemented();
}

/***********************************************************************
 *      SetServiceW   (mswsock.18)
 */
INT WINAPI SetServiceW( DWORD name_space, DWORD operation, DWORD flags, void *info,
                        void *async, DWORD *status )
{
    FIXME( "name_space %lu, operation %lu, flags %#lx, info %p, async %p, status %p, stub!\n",
           name_space, operation, flags, info, async, status );
    return not_implemented();
}

/***********************************************************************
 *      StartWsdpService   (mswsock.19)
 */
DWORD WINAPI StartWsdpService(void)
{
    FIXME( "stub!\n" );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      StopWsdpService   (mswsock.20)
 */
DWORD WINAPI StopWsdpService(void)
{
    FIXME( "stub!\n" );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      SvchostPushServiceGlobals   (mswsock.21)
 */
void WINAPI SvchostPushServiceGlobals( void *globals )
{
    FIXME( "globals %p, stub!\n", globals );
}

/***********************************************************************
 *      dn_expand   (mswsock.25)
 */
int WINAPI dn_expand( unsigned char *msg, unsigned char *end, unsigned char *compressed, char *name, int len )
{
    FIXME( "msg %p, end %p, compressed %p, name %p, len %d, stub!\n", msg, end, compressed, name, len );
    return not_supported();
}

/***********************************************************************
 *      getnetbyname   (mswsock.26)
 */
void * WINAPI getnetbyname( const char *name )
{
    FIXME( "name %s, stub!\n", debugstr_a( name ) );
    SetLastError( WSAEOPNOTSUPP );
    return NULL;
}

/***********************************************************************
 *      inet_network   (mswsock.27)
 */
unsigned int WINAPI inet_network( const char *name )
{
    TRACE( "name %s\n", debugstr_a( name ) );

    return ntohl( inet_addr( name ) );
}

/***********************************************************************
 *      rcmd   (mswsock.28)
 */
int WINAPI rcmd( char **host, unsigned short port, const char *local_user, const char *remote_user, const char *cmd,
                 int *error_socket )
{
    FIXME( "host %p, port %u, local_user %s, remote_user %s, cmd %s, error_socket %p, stub!\n",
           host, port, debugstr_a( local_user ), debugstr_a( remote_user ), debugstr_a( cmd ), error_socket );
    return not_supported();
}

/***********************************************************************
 *      rexec   (mswsock.29)
 */
int WINAPI rexec( char **host, int port, const char *user, const char *password, const char *cmd, int *error_socket )
{
    FIXME( "host %p, port %d, user %s, password %p, cmd %s, error_socket %p, stub!\n",
           host, port, debugstr_a( user ), password, debugstr_a( cmd ), error_socket );
    return not_supported();
}

/***********************************************************************
 *      rresvport   (mswsock.30)
 */
int WINAPI rresvport( int *port )
{
    FIXME( "port %p, stub!\n", port );
    return not_supported();
}

/***********************************************************************
 *      s_perror   (mswsock.31)
 */
void WINAPI s_perror( const char *message, void *unknown )
{
    FIXME( "message %s, %p, stub!\n", debugstr_a( message ), unknown );
}

/***********************************************************************
 *      sethostname   (mswsock.32)
 */
int WINAPI sethostname( const char *name, int len )
{
    FIXME( "name %s, stub!\n", debugstr_an( name, len ) );
    return not_supported();
}
