/*
 * Exports that nobody has described
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

#include "ws2_32_private.h"

/* Windows exports these, and nobody has published what they take: the import library of mingw-w64 tells how many
 * arguments, which is one more than without the Ex, but not which of them says whose catalog is meant. They are not
 * called by anything that is known, so they touch nothing, and fail with WSAEOPNOTSUPP as the last error. */

static int not_described( const char *name )
{
    FIXME( "What %s takes is not known.\n", name );
    SetLastError( WSAEOPNOTSUPP );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      WPUGetProviderPathEx   (ws2_32.@)
 */
int WINAPI WPUGetProviderPathEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4, DWORD_PTR arg5 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5 );

    return not_described( "WPUGetProviderPathEx" );
}

/***********************************************************************
 *      WSCDeinstallProviderEx   (ws2_32.@)
 */
int WINAPI WSCDeinstallProviderEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3 )
{
    TRACE( "%#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3 );

    return not_described( "WSCDeinstallProviderEx" );
}

/***********************************************************************
 *      WSCEnumProtocolsEx   (ws2_32.@)
 */
int WINAPI WSCEnumProtocolsEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4, DWORD_PTR arg5 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5 );

    return not_described( "WSCEnumProtocolsEx" );
}

/***********************************************************************
 *      WSCGetApplicationCategoryEx   (ws2_32.@)
 */
int WINAPI WSCGetApplicationCategoryEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4,
                                        DWORD_PTR arg5, DWORD_PTR arg6, DWORD_PTR arg7 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5, arg6, arg7 );

    return not_described( "WSCGetApplicationCategoryEx" );
}

/***********************************************************************
 *      WSCInstallNameSpaceEx2   (ws2_32.@)
 */
int WINAPI WSCInstallNameSpaceEx2( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4, DWORD_PTR arg5,
                                   DWORD_PTR arg6, DWORD_PTR arg7 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5, arg6, arg7 );

    return not_described( "WSCInstallNameSpaceEx2" );
}

/***********************************************************************
 *      WSCInstallProviderEx   (ws2_32.@)
 */
int WINAPI WSCInstallProviderEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4, DWORD_PTR arg5,
                                 DWORD_PTR arg6, DWORD_PTR arg7 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5, arg6, arg7 );

    return not_described( "WSCInstallProviderEx" );
}

/***********************************************************************
 *      WSCSetApplicationCategoryEx   (ws2_32.@)
 */
int WINAPI WSCSetApplicationCategoryEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4,
                                        DWORD_PTR arg5, DWORD_PTR arg6, DWORD_PTR arg7, DWORD_PTR arg8 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8 );

    return not_described( "WSCSetApplicationCategoryEx" );
}

/***********************************************************************
 *      WSCUnInstallNameSpaceEx2   (ws2_32.@)
 */
int WINAPI WSCUnInstallNameSpaceEx2( DWORD_PTR arg1, DWORD_PTR arg2 )
{
    TRACE( "%#Ix, %#Ix\n", arg1, arg2 );

    return not_described( "WSCUnInstallNameSpaceEx2" );
}

/***********************************************************************
 *      WSCUpdateProviderEx   (ws2_32.@)
 */
int WINAPI WSCUpdateProviderEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3, DWORD_PTR arg4, DWORD_PTR arg5,
                                DWORD_PTR arg6 )
{
    TRACE( "%#Ix, %#Ix, %#Ix, %#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3, arg4, arg5, arg6 );

    return not_described( "WSCUpdateProviderEx" );
}

/***********************************************************************
 *      WSCWriteProviderOrderEx   (ws2_32.@)
 */
int WINAPI WSCWriteProviderOrderEx( DWORD_PTR arg1, DWORD_PTR arg2, DWORD_PTR arg3 )
{
    TRACE( "%#Ix, %#Ix, %#Ix\n", arg1, arg2, arg3 );

    return not_described( "WSCWriteProviderOrderEx" );
}
